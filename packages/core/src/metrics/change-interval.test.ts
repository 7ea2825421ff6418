import { expect, test } from 'vitest';
import { changeInterval, type Resampled } from './change-interval.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 8, 7);

/** So many rows a day, whose mean is the figure. */
function means(days: number, perDay: number, valueOf: (row: number) => number): Resampled {
  const instants: number[] = [];
  for (let row = 0; row < days * perDay; row += 1) {
    instants.push(start + Math.floor(row / perDay) * dayMs);
  }
  return {
    window: { from: start, to: start + days * dayMs },
    instants,
    valueOf: (positions) =>
      positions.length === 0
        ? null
        : positions.reduce((sum, row) => sum + valueOf(row), 0) / positions.length,
  };
}

/** Rows of each day, counted per week. */
function counts(days: number, onDay: (day: number) => number): Resampled {
  const instants = Array.from({ length: days }, (_, day) =>
    Array.from({ length: onDay(day) }, () => start + day * dayMs),
  ).flat();
  return {
    window: { from: start, to: start + days * dayMs },
    instants,
    valueOf: (positions) => (positions.length / days) * 7,
  };
}

const wave = (row: number) => 10 + ((row * 7) % 11);

test('the same habit twice has an interval with 0 in it', async () => {
  const interval = await changeInterval(
    means(28, 3, wave),
    means(28, 3, (row) => wave(row + 5)),
    7,
  );
  expect(interval?.low).toBeLessThan(0);
  expect(interval?.high).toBeGreaterThan(0);
});

test('what doubled lies wholly above 0, about the difference', async () => {
  const interval = await changeInterval(
    means(28, 3, wave),
    means(28, 3, (row) => 2 * wave(row)),
    7,
  );
  expect(interval?.low).toBeGreaterThan(10);
  expect(interval?.high).toBeLessThan(20);
});

test('a count that halved lies wholly below 0, though no row of it varies', async () => {
  const interval = await changeInterval(
    counts(28, (day) => 3 + (day % 3)),
    counts(28, (day) => 1 + (day % 2)),
    7,
  );
  expect(interval?.high).toBeLessThan(0);
});

test('the same seed gives the same interval, another one a little another', async () => {
  const of = (seed: number) => changeInterval(means(28, 3, wave), means(30, 2, wave), seed);
  expect(await of(1)).toEqual(await of(1));
  expect(await of(1)).not.toEqual(await of(2));
});

test.each([
  ['thirteen days', means(13, 3, wave), means(28, 3, wave)],
  ['nine rows', counts(28, (day) => (day < 9 ? 1 : 0)), counts(28, () => 2)],
  [
    'a figure that is unknown in most draws',
    { ...means(28, 3, wave), valueOf: () => null },
    means(28, 3, wave),
  ],
])('%s are too little to tell', async (_what, before, after) => {
  expect(await changeInterval(before, after, 7)).toBeNull();
});

test('rows outside the window, or without an instant, are not drawn', async () => {
  const seen = new Set<number>();
  const before = means(28, 1, wave);
  const odd = {
    ...before,
    instants: [...before.instants, null, start - dayMs, start + 28 * dayMs],
    valueOf: (positions: readonly number[]) => {
      for (const position of positions) seen.add(position);
      return before.valueOf(positions);
    },
  };
  await changeInterval(odd, means(28, 1, wave), 7);
  expect(Math.max(...seen)).toBe(27);
});
