import { describe, expect, test } from 'vitest';
import { seededRandom } from './__fixtures__/seeded-random.ts';
import { nearestRank, percentileOf, percentilesOf } from './percentile.ts';

test('the median of an even number of values lies between the two in the middle', () => {
  expect(percentilesOf(Float64Array.of(10, 20, 30, 100)).p50).toBe(25);
});

test('a percentile between two ranks is interpolated linearly', () => {
  const days = Float64Array.of(8, 1, 2, 20, 2, 3, 3, 6, 4, 5);
  expect(percentilesOf(days).p50).toBe(3.5);
  expect(percentileOf(days, 0.85)).toBeCloseTo(7.3, 10);
  expect(percentileOf(days, 0.95)).toBeCloseTo(14.6, 10);
});

test('G4: a percentile by nearest rank is a value that was observed', () => {
  const days = Float64Array.of(8, 1, 2, 20, 2, 3, 3, 6, 4, 5);
  expect([0.5, 0.85, 0.95].map((fraction) => nearestRank(days, fraction))).toEqual([3, 8, 20]);
  expect(nearestRank(new Float64Array(0), 0.85)).toBeNull();
});

test('a nearest rank is the smallest value that covers its share, also where the share is whole', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, index) => index + 1);
  for (let percent = 1; percent <= 100; percent += 1) {
    expect(nearestRank(hundred, percent / 100)).toBe(percent);
  }
});

test('values are ordered as numbers, not as text', () => {
  expect(percentilesOf(Float64Array.of(100, 9, 20)).p50).toBe(20);
});

test('one value is each of its percentiles', () => {
  expect(percentilesOf(Float64Array.of(7))).toEqual({ p50: 7, p75: 7, p90: 7 });
});

test('no value has no percentile, not 0', () => {
  expect(percentilesOf(new Float64Array(0))).toEqual({ p50: null, p75: null, p90: null });
});

describe('selection agrees with a sort', () => {
  const random = seededRandom(3);
  const shapes: Record<string, (index: number, size: number) => number> = {
    random: () => random() * 1_000,
    'few distinct values': () => Math.floor(random() * 4),
    'all equal': () => 5,
    ascending: (index) => index,
    descending: (index, size) => size - index,
    'organ pipe': (index, size) => Math.min(index, size - index),
  };
  test.each(Object.entries(shapes))('%s', (_, valueAt) => {
    for (const size of [1, 2, 3, 16, 17, 18, 100, 1_001, 20_000]) {
      const values = Float64Array.from({ length: size }, (__, index) => valueAt(index, size));
      const sorted = values.toSorted();
      const expected = [0.5, 0.75, 0.9].map((fraction) => {
        const rank = fraction * (size - 1);
        const lower = sorted[Math.floor(rank)] ?? NaN;
        const upper = sorted[Math.ceil(rank)] ?? NaN;
        return lower + (upper - lower) * (rank - Math.floor(rank));
      });
      const { p50, p75, p90 } = percentilesOf(values.slice());
      expect([p50, p75, p90], `${size} values`).toEqual(expected);
      expect(percentileOf(values.slice(), 0.75)).toBe(expected[1]);
    }
  });
});
