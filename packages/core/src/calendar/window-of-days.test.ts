import { expect, test } from 'vitest';
import { windowOfDays } from './window-of-days.ts';

const days = { from: '2026-10-25', to: '2026-10-26' };

test('days begin with their first instant in the zone, also where the clocks change', () => {
  expect(windowOfDays(days, 'UTC')).toEqual({
    from: Date.UTC(2026, 9, 25),
    to: Date.UTC(2026, 9, 26),
  });
  expect(windowOfDays(days, 'Europe/Berlin')).toEqual({
    from: Date.UTC(2026, 9, 24, 22),
    to: Date.UTC(2026, 9, 25, 23),
  });
  expect(windowOfDays(days, 'America/Los_Angeles')?.from).toBe(Date.UTC(2026, 9, 25, 7));
});

test('a day that a zone skipped begins with the next one', () => {
  const skipped = { from: '2011-12-30', to: '2012-01-01' };
  expect(windowOfDays(skipped, 'Pacific/Apia')?.from).toBe(Date.UTC(2011, 11, 30, 10));
});

test('nothing given is no window; half of one and one that ends first are refused', () => {
  expect(windowOfDays({}, 'UTC')).toBeUndefined();
  expect(() => windowOfDays({ from: '2026-10-25' }, 'UTC')).toThrow('needs both');
  expect(() => windowOfDays({ from: days.to, to: days.from }, 'UTC')).toThrow('before it begins');
  expect(() => windowOfDays(days, 'Middle/Earth')).toThrow('no time zone');
});

test.each([
  { from: '0900-01-01', to: '2026-01-01' },
  { from: '2026-01-01', to: '9999-12-31' },
])('days out of reach are refused: %j', (far) => {
  expect(() => windowOfDays(far, 'Europe/Berlin')).toThrow('out of reach');
});
