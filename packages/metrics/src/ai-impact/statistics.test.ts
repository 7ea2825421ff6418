import { expect, test } from 'vitest';
import { type AuthoredValue, bootstrapByAuthor } from './author-bootstrap.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { cliffsDelta, deltaBand } from './cliffs-delta.ts';
import { hodgesLehmannShift } from './hodges-lehmann.ts';
import { mannWhitney } from './mann-whitney.ts';
import { upperTail } from './normal-distribution.ts';
import { sampleItems } from './sample-values.ts';
import { seededRandom } from '@adjutant/core/domain';
import type { Generator } from './draw-index.ts';
import { smallestDetectable } from './smallest-detectable.ts';
import { equallyWeighted, weightedMedian } from './weighted-values.ts';
import { wilsonInterval } from './wilson-interval.ts';

const first = [4, 6, 7, 9, 12, 15, 18, 26, 30, 48];
const second = [5, 8, 11, 14, 16, 20, 24, 28, 36, 40, 55, 72];

const whole = (generator: Generator, below: number): number => Math.floor(generator() * below);
const someValues = (generator: Generator, most: number, below = 40): number[] =>
  Array.from({ length: 1 + whole(generator, most) }, () => whole(generator, below));
/** Each value of an author of their own. */
const alone = (values: readonly number[], name: string): AuthoredValue[] =>
  values.map((value, place) => ({ value, authorKey: `${name}-${place}` }));

/** The middle of all differences, laid out and sorted. */
function shiftByHand(one: readonly number[], other: readonly number[]): number {
  const all = one.flatMap((value) => other.map((than) => value - than));
  all.sort((left, right) => left - right);
  const middle = (all.length - 1) / 2;
  return ((all[Math.floor(middle)] ?? 0) + (all[Math.ceil(middle)] ?? 0)) / 2;
}

test('the worked example: medians, shift, U and Cliff’s delta', () => {
  expect(weightedMedian(equallyWeighted(first))).toBe(13.5);
  expect(weightedMedian(equallyWeighted(second))).toBe(22);
  expect(hodgesLehmannShift(first, second)).toBe(-7);
  expect(mannWhitney(first, second).u).toBe(41);
  expect(cliffsDelta(first, second)).toBeCloseTo(-0.3167, 4);
  expect(deltaBand(cliffsDelta(first, second))).toBe('small');
});

test('the worked example: p is exact for few values and close to it otherwise', () => {
  expect(mannWhitney(first, second).method).toBe('exact');
  expect(mannWhitney(first, second).pValue).toBeCloseTo(0.2276, 4);
  expect(mannWhitney(first, second, 'asymptotic').pValue).toBeCloseTo(0.2225, 4);
});

test('the worked example: drawing every value alone gives about −26 to 8', () => {
  const { medianDifference, shift } = bootstrapByAuthor(
    alone(first, 'a'),
    alone(second, 'b'),
    seededRandom(1),
    10_000,
  );
  expect(Math.abs((medianDifference?.low ?? 0) + 26)).toBeLessThan(1.5);
  expect(Math.abs((medianDifference?.high ?? 0) - 8)).toBeLessThan(1.5);
  expect(shift?.low).toBeLessThan(-7);
  expect(shift?.high).toBeGreaterThan(-7);
});

test('few people with much alike each make a wider interval than as many strangers', () => {
  const generator = seededRandom(7);
  const people = Array.from({ length: 12 }, () => whole(generator, 60));
  const arm = (from: number): AuthoredValue[] =>
    Array.from({ length: 120 }, (_, place) => ({
      value: (people[from + (place % 6)] ?? 0) + generator(),
      authorKey: String(from + (place % 6)),
    }));
  const [one, other] = [arm(0), arm(6)];
  const strangers = (rows: readonly AuthoredValue[], name: string): AuthoredValue[] =>
    alone(
      rows.map(({ value }) => value),
      name,
    );
  const clustered = bootstrapByAuthor(one, other, seededRandom(1), 2_000).shift;
  const single = bootstrapByAuthor(
    strangers(one, 'a'),
    strangers(other, 'b'),
    seededRandom(1),
    2_000,
  ).shift;
  const width = (interval: typeof single): number => (interval?.high ?? 0) - (interval?.low ?? 0);
  expect(width(clustered)).toBeGreaterThan(1.5 * width(single));
});

test('the same seed draws the same interval, whatever the order of rows', () => {
  const rows = alone([...first, 9, 9], 'a').map((row, place) => ({
    ...row,
    authorKey: `a${place % 5}`,
  }));
  const others = alone(second, 'b');
  const drawn = bootstrapByAuthor(rows, others, seededRandom(3), 500);
  expect(bootstrapByAuthor(rows.toReversed(), others.toReversed(), seededRandom(3), 500)).toEqual(
    drawn,
  );
  expect(bootstrapByAuthor(rows, others, seededRandom(4), 500)).not.toEqual(drawn);
});

test('the shift is the middle of all differences, and turns its sign with the samples', () => {
  const generator = seededRandom(11);
  for (let round = 0; round < 300; round += 1) {
    const one = someValues(generator, 12);
    const other = someValues(generator, 12);
    expect(hodgesLehmannShift(one, other)).toBe(shiftByHand(one, other));
    expect(hodgesLehmannShift(other, one)).toBe(-shiftByHand(one, other) + 0);
    expect(
      hodgesLehmannShift(
        one.map((value) => value + 5),
        other,
      ),
    ).toBe(shiftByHand(one, other) + 5);
  }
});

test('the shift of fractions is exact too, and thousands per sample take no noticeable time', () => {
  const generator = seededRandom(12);
  const fractions = (count: number): number[] =>
    Array.from({ length: count }, () => generator() ** 5 * 900);
  for (let round = 0; round < 50; round += 1) {
    const [one, other] = [fractions(9), fractions(8)];
    expect(hodgesLehmannShift(one, other)).toBe(shiftByHand(one, other));
  }
  expect(hodgesLehmannShift(fractions(5_000), fractions(5_000))).toBeTypeOf('number');
});

test('U counts the pairs in which the first is larger, ties half', () => {
  const generator = seededRandom(13);
  for (let round = 0; round < 200; round += 1) {
    const one = someValues(generator, 9, 8);
    const other = someValues(generator, 9, 8);
    const pairs = one.flatMap((value) => other.map((than) => value - than));
    const larger = pairs.filter((difference) => difference > 0).length;
    const ties = pairs.filter((difference) => difference === 0).length;
    const { u, pValue } = mannWhitney(one, other);
    expect(u).toBe(larger + ties / 2);
    expect(pValue).toBeGreaterThanOrEqual(0);
    expect(pValue).toBeLessThanOrEqual(1);
    expect(mannWhitney(other, one).pValue).toBeCloseTo(pValue ?? Number.NaN, 12);
  }
});

test('the exact p counts every order of the values', () => {
  // Of the 20 ways to put three values among six, one has U = 0 and one has U = 9.
  expect(mannWhitney([1, 2, 3], [4, 5, 6]).pValue).toBeCloseTo(2 / 20, 12);
  expect(mannWhitney([1, 3, 5], [2, 4, 6]).pValue).toBeCloseTo(14 / 20, 12);
  expect(mannWhitney([2], [1]).pValue).toBe(1);
});

test('where all values are equal nothing speaks for a difference', () => {
  expect(mannWhitney([3, 3, 3], [3, 3])).toEqual({ u: 3, pValue: 1, method: 'asymptotic' });
  expect(cliffsDelta([3, 3], [3])).toBe(0);
});

test('nothing gives nothing, never a 0', () => {
  expect(hodgesLehmannShift([], [1])).toBeNull();
  expect(cliffsDelta([1], [])).toBeNull();
  expect(deltaBand(null)).toBeNull();
  expect(mannWhitney([], [1]).pValue).toBeNull();
  expect(wilsonInterval(0, 0)).toBeNull();
  expect(weightedMedian(equallyWeighted([]))).toBeNull();
  expect(bootstrapByAuthor([], alone([1], 'a'), seededRandom(1), 100).shift).toBeNull();
});

test('words for a delta change at the usual bounds', () => {
  expect([0.146, 0.147, 0.33, 0.474, -0.9].map(deltaBand)).toEqual([
    'negligible',
    'small',
    'medium',
    'large',
    'large',
  ]);
});

test('the tails of the normal distribution', () => {
  expect(upperTail(0)).toBeCloseTo(0.5, 12);
  expect(upperTail(1.959963984540054)).toBeCloseTo(0.025, 10);
  expect(upperTail(-1)).toBeCloseTo(0.8413447460685429, 10);
  expect(upperTail(2.5)).toBeCloseTo(0.006209665325776132, 10);
  expect(upperTail(6)).toBeCloseTo(9.865876450376946e-10, 15);
});

test('the Wilson interval of 12 of 20 is 0.387 to 0.781, and holds the share at both ends', () => {
  const interval = wilsonInterval(12, 20);
  expect(interval?.low).toBeCloseTo(0.387, 3);
  expect(interval?.high).toBeCloseTo(0.781, 3);
  expect(wilsonInterval(0, 10)?.low).toBe(0);
  expect(wilsonInterval(10, 10)?.high).toBe(1);
});

test('Benjamini–Hochberg keeps places and unknowns', () => {
  const adjusted = benjaminiHochberg([0.01, null, 0.04, 0.03, 0.5]);
  expect(adjusted[1]).toBeNull();
  expect(adjusted[0]).toBeCloseTo(0.04, 12);
  expect(adjusted[2]).toBeCloseTo(0.16 / 3, 12);
  expect(adjusted[3]).toBeCloseTo(0.16 / 3, 12);
  expect(adjusted[4]).toBeCloseTo(0.5, 12);
});

test('a sample is drawn only above the limit, without repeats, the same for the same seed', () => {
  const items = Array.from({ length: 50 }, (_, place) => place);
  expect(sampleItems(items, 50, seededRandom(1))).toEqual(items);
  const sample = sampleItems(items, 20, seededRandom(1));
  expect(new Set(sample).size).toBe(20);
  expect(sampleItems(items, 20, seededRandom(1))).toEqual(sample);
  expect(items[0]).toBe(0);
});

test('what can be seen shrinks with the root of the number, in line with a simulation', () => {
  // Log-normal durations of spread 1.2: at 400 per arm 20 % less was found three times of four.
  const spreadOf = (count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, place) => Math.exp(place % 2 === 0 ? 1.2 : -1.2));
  const share = smallestDetectable(spreadOf(400), spreadOf(400)) ?? Number.NaN;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.25);
  expect(smallestDetectable(spreadOf(100), spreadOf(100))).toBeCloseTo(1 - (1 - share) ** 2, 2);
  expect(smallestDetectable(spreadOf(1), spreadOf(1))).toBeNull();
  expect(smallestDetectable(new Float64Array(0), spreadOf(9))).toBeNull();
});

test('the shift of neighbouring fractions is found, where no number lies between two differences', () => {
  const next = 1 + Number.EPSILON;
  expect(hodgesLehmannShift([1, next, next], [0])).toBe(next);
  expect(hodgesLehmannShift([1, 1, next], [0])).toBe(1);
  expect(hodgesLehmannShift([3 * Number.MIN_VALUE, Number.MIN_VALUE, 0], [0])).toBe(
    Number.MIN_VALUE,
  );
});
