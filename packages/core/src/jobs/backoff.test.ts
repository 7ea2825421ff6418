import { expect, test } from 'vitest';
import { backoffAfter } from './backoff.ts';

const backoff = { firstMs: 1_000, longestMs: 60_000 };

test('waits double up to a longest one', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((attempts) =>
    backoffAfter(attempts, () => 1, backoff),
  );
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('jitter takes up to half of a wait away', () => {
  expect(backoffAfter(3, () => 0, backoff)).toBe(2_000);
  expect(backoffAfter(3, () => 0.5, backoff)).toBe(3_000);
});
