import { upperTail } from './normal-distribution.ts';

/** What the Mann–Whitney test says of two samples. */
export interface MannWhitney {
  /** Pairs in which the first is the larger, ties counted half. */
  u: number;
  /** Two-sided; null where either sample is empty. */
  pValue: number | null;
  method: 'exact' | 'asymptotic';
}

/** Up to this many values in all, without ties, every order is counted. */
const mostExact = 40;

/**
 * Returns the Mann–Whitney test of two samples: exact for few values without ties, else by the normal
 * approximation with correction for ties and continuity.
 *
 * @source Mann and Whitney 1947, "On a Test of Whether one of Two Random Variables is Stochastically
 *   Larger than the Other"
 */
export function mannWhitney(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  wanted?: MannWhitney['method'],
): MannWhitney {
  const { u, tieSum, hasTies } = rankSums(first, second);
  const few = first.length + second.length <= mostExact && !hasTies;
  const method = wanted ?? (few ? 'exact' : 'asymptotic');
  if (first.length === 0 || second.length === 0) return { u, pValue: null, method };
  const pValue =
    method === 'exact'
      ? exactP(u, first.length, second.length)
      : asymptoticP(u, first.length, second.length, tieSum);
  return { u, pValue, method };
}

interface RankSums {
  u: number;
  /** Sum of t³ − t over groups of t equal values. */
  tieSum: number;
  hasTies: boolean;
}

function rankSums(first: ArrayLike<number>, second: ArrayLike<number>): RankSums {
  const size = first.length + second.length;
  const all = new Float64Array(size);
  all.set(Float64Array.from(first), 0);
  all.set(Float64Array.from(second), first.length);
  all.sort();
  const one = Float64Array.from(first).toSorted();
  let rankSum = 0;
  let tieSum = 0;
  let hasTies = false;
  let taken = 0;
  for (let start = 0; start < size; ) {
    const value = all[start] ?? Number.NaN;
    let end = start + 1;
    while (end < size && all[end] === value) end += 1;
    const tied = end - start;
    if (tied > 1) hasTies = true;
    tieSum += tied ** 3 - tied;
    for (; taken < one.length && one[taken] === value; taken += 1) rankSum += (start + end + 1) / 2;
    start = end;
  }
  return { u: rankSum - (first.length * (first.length + 1)) / 2, tieSum, hasTies };
}

/** Counts how many orders give each U, one value of the first sample after the other. */
function exactP(u: number, firstSize: number, secondSize: number): number {
  const largest = firstSize * secondSize;
  // orders[count][sum]: ways to choose `count` of the values passed so that their U is `sum`.
  const orders = Array.from({ length: firstSize + 1 }, () => new Float64Array(largest + 1));
  (orders[0] ?? new Float64Array(1))[0] = 1;
  for (let place = 0; place < firstSize + secondSize; place += 1) {
    for (let count = Math.min(place + 1, firstSize); count >= 1; count -= 1) {
      const target = orders[count] ?? new Float64Array(0);
      const from = orders[count - 1] ?? new Float64Array(0);
      // The value at this place passes every one of the second sample that stands before it.
      const passed = place - (count - 1);
      for (let sum = largest; sum >= passed; sum -= 1) {
        target[sum] = (target[sum] ?? 0) + (from[sum - passed] ?? 0);
      }
    }
  }
  const ways = orders[firstSize] ?? new Float64Array(0);
  let all = 0;
  let below = 0;
  const smaller = Math.min(u, largest - u);
  for (const [sum, count] of ways.entries()) {
    all += count;
    if (sum <= smaller) below += count;
  }
  return Math.min(1, (2 * below) / all);
}

function asymptoticP(u: number, firstSize: number, secondSize: number, tieSum: number): number {
  const size = firstSize + secondSize;
  const pairs = firstSize * secondSize;
  const variance = (pairs / 12) * (size + 1 - tieSum / (size * Math.max(1, size - 1)));
  // All values are equal: nothing speaks for a difference.
  if (variance <= 0) return 1;
  const distance = Math.max(0, Math.abs(u - pairs / 2) - 0.5);
  return Math.min(1, 2 * upperTail(distance / Math.sqrt(variance)));
}
