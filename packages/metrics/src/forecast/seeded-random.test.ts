import { expect, test } from 'vitest';
import { createSeededFill } from './seeded-random.ts';

function drawn(seed: number, count: number, bound: number): number[] {
  const target = new Uint32Array(count);
  createSeededFill(seed)(target, bound);
  return [...target];
}

test('the same seed draws the same, neighbouring seeds draw otherwise', () => {
  expect(drawn(1, 50, 1_000)).toEqual(drawn(1, 50, 1_000));
  const firsts = Array.from({ length: 200 }, (_, seed) => drawn(seed, 1, 1_000_000)[0]);
  expect(new Set(firsts).size).toBeGreaterThan(195);
});

test('a block goes on where the one before ended', () => {
  const fill = createSeededFill(3);
  const first = new Uint32Array(4);
  const second = new Uint32Array(6);
  fill(first, 90);
  fill(second, 90);
  expect([...first, ...second]).toEqual(drawn(3, 10, 90));
});

// Also the seed that would scramble to a state of 0, which xorshift never leaves.
test.each([0, 1, 42, -0x9e3779b9, 4_294_967_295])('seed %i draws every number as often', (seed) => {
  const bound = 7;
  const times = Array.from({ length: bound }, () => 0);
  for (const number of drawn(seed, 70_000, bound)) times[number] = (times[number] ?? 0) + 1;
  // Each is expected 10,000 times, give or take about 93.
  for (const count of times) expect(Math.abs(count - 10_000)).toBeLessThan(450);
});
