import { describe, expect, test } from 'vitest';
import { exactAtLeast } from '../__fixtures__/exact-forecast.ts';
import { seededRandom, shuffled } from '../__fixtures__/seeded-random.ts';
import { daysNeeded, drawDurations, drawTotals, itemsReached } from './resample.ts';

const runs = 20_000;
const history = [0, 2, 1, 3];

function shareAtLeast(totals: Float64Array, items: number): number {
  return totals.filter((total) => total >= items).length / totals.length;
}

function shareDoneBy(durations: Float64Array, days: number): number {
  return durations.filter((duration) => duration <= days).length / durations.length;
}

describe('G5: throughput of 0, 2, 1 and 3 a day', () => {
  test('exactly: 5 items in 5 days at 0.8818, 6 at 0.7832', () => {
    expect(exactAtLeast(history, 5, 5)).toBeCloseTo(0.8818, 4);
    expect(exactAtLeast(history, 5, 6)).toBeCloseTo(0.7832, 4);
  });

  test('exactly: 10 items by day 8 at 0.7823, by day 9 at 0.8819', () => {
    expect(exactAtLeast(history, 8, 10)).toBeCloseTo(0.7823, 4);
    expect(exactAtLeast(history, 9, 10)).toBeCloseTo(0.8819, 4);
  });

  test.each([1, 2, 3, 4, 5])('the runs of seed %i lie within 0.01 of that', (seed) => {
    const totals = drawTotals({ counts: history, seed, runs }, 5);
    expect(Math.abs(shareAtLeast(totals, 5) - 0.8818)).toBeLessThan(0.01);
    expect(Math.abs(shareAtLeast(totals, 6) - 0.7832)).toBeLessThan(0.01);
    expect(itemsReached(totals, 0.85)).toBe(5);
    const durations = drawDurations({ counts: history, seed, runs }, 10, 365);
    expect(Math.abs(shareDoneBy(durations, 8) - 0.7823)).toBeLessThan(0.01);
    expect(Math.abs(shareDoneBy(durations, 9) - 0.8819)).toBeLessThan(0.01);
    expect(daysNeeded(durations, 0.85)).toBe(9);
  });
});

test('the runs keep within 0.01 of the exact shares for made-up histories', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 25; round += 1) {
    const counts = Array.from({ length: 1 + Math.floor(random() * 40) }, () =>
      random() < 0.4 ? 0 : Math.floor(random() * 6),
    );
    const days = 1 + Math.floor(random() * 15);
    const totals = drawTotals({ counts, seed: round, runs }, days);
    for (let items = 0; items <= days * 6; items += 1) {
      const exact = exactAtLeast(counts, days, items);
      expect(Math.abs(shareAtLeast(totals, items) - exact)).toBeLessThan(0.015);
    }
    const items = 1 + Math.floor(random() * 12);
    const durations = drawDurations({ counts, seed: round, runs }, items, 60);
    for (const by of [1, 5, 20, 60]) {
      const exact = exactAtLeast(counts, by, items);
      expect(Math.abs(shareDoneBy(durations, by) - exact)).toBeLessThan(0.015);
    }
  }
});

test('the answer is the last count that enough runs reach, and the first day enough are done by', () => {
  const totals = Float64Array.of(0, 1, 1, 2, 3, 3, 4, 5, 6, 9);
  for (const probability of [0.5, 0.7, 0.85, 0.95, 1]) {
    const items = itemsReached(totals, probability) ?? Number.NaN;
    expect(shareAtLeast(totals, items)).toBeGreaterThanOrEqual(probability);
    expect(shareAtLeast(totals, items + 1)).toBeLessThan(probability);
    const days = daysNeeded(totals, probability) ?? Number.NaN;
    expect(shareDoneBy(totals, days)).toBeGreaterThanOrEqual(probability);
    expect(shareDoneBy(totals, days - 1)).toBeLessThan(probability);
  }
  // 0.7 × 10 is 7, also where the product of floats lies above it.
  expect(itemsReached(totals, 0.7)).toBe(2);
});

test('what is not done by the longest day has no day', () => {
  const durations = drawDurations({ counts: [0, 0, 1], seed: 1, runs: 1_000 }, 50, 20);
  expect(new Set(durations)).toEqual(new Set([Number.POSITIVE_INFINITY]));
  expect(daysNeeded(durations, 0.5)).toBeNull();
});

test('the same seed gives the same runs whatever the order of the days; another seed others', () => {
  const counts = Array.from({ length: 60 }, (_, day) => day % 5);
  const draw = (days: readonly number[], seed: number) =>
    Array.from(drawTotals({ counts: days, seed, runs: 500 }, 10));
  const first = draw(counts, 7);
  expect(draw(shuffled(counts, seededRandom(1)), 7)).toEqual(first);
  expect(draw(counts, 8)).not.toEqual(first);
});

test('no runs answer nothing', () => {
  expect(itemsReached(new Float64Array(0), 0.85)).toBeNull();
  expect(daysNeeded(new Float64Array(0), 0.85)).toBeNull();
});
