import { describe, expect, it } from 'vitest';
import { windowFromDays } from './window-input.ts';

describe('windowFromDays', () => {
  it('begins with one day and ends before the other, in UTC', () => {
    const window = windowFromDays('2026-03-01', '2026-03-08', 'UTC');
    expect(window).toEqual({ from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 8) });
    expect(windowFromDays(undefined, undefined, 'UTC')).toBeUndefined();
  });

  it.each([
    ['2026-03-01', undefined],
    [undefined, '2026-03-01'],
    ['2026-03-08', '2026-03-01'],
    ['2026-03-01', '2026-03-01'],
  ])('refuses %s to %s and says why', (from, to) => {
    expect(() => windowFromDays(from, to, 'UTC')).toThrow(/window/);
  });
});
