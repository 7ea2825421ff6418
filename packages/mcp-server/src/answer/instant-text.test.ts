import { expect, it } from 'vitest';
import { instantText } from './instant-text.ts';

it.each([
  [Date.UTC(2026, 9, 30, 9, 30, 59, 999), '2026-10-30T09:30Z'],
  [Date.UTC(2026, 9, 30), '2026-10-30'],
  [Date.UTC(2026, 9, 30, 0, 0, 59), '2026-10-30'],
  [-1, '1969-12-31T23:59Z'],
  [8.64e15, '+275760-09-13'],
  [8.64e15 + 1, 'out of range'],
  [Number.NaN, 'out of range'],
])('shows the instant %i as %s', (instant, text) => {
  expect(instantText(instant)).toBe(text);
});
