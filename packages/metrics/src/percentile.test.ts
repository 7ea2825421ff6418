import { expect, test } from 'vitest';
import { percentileOfSorted, percentilesOf } from './percentile.ts';

test('the median of an even number of values lies between the two in the middle', () => {
  expect(percentilesOf(Float64Array.of(10, 20, 30, 100)).p50).toBe(25);
});

test('a percentile between two ranks is interpolated linearly', () => {
  const days = Float64Array.of(8, 1, 2, 20, 2, 3, 3, 6, 4, 5);
  expect(percentilesOf(days).p50).toBe(3.5);
  expect(percentileOfSorted(days, 0.85)).toBeCloseTo(7.3, 10);
  expect(percentileOfSorted(days, 0.95)).toBeCloseTo(14.6, 10);
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
