import { equallyWeighted, type WeightedValues } from './weighted-values.ts';

/**
 * Returns the Hodges–Lehmann shift: the median of all differences between a value of `first` and one
 * of `second`; null where either is empty.
 *
 * @source Hodges and Lehmann 1963, "Estimates of Location Based on Rank Tests"
 */
export function hodgesLehmannShift(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): number | null {
  return weightedShift(equallyWeighted(first), equallyWeighted(second));
}

/**
 * The same of weighted values. The differences are never laid out: one pass through both sorted
 * arrays counts those up to a bound, and bounds close in until a single difference is left.
 */
export function weightedShift(first: WeightedValues, second: WeightedValues): number | null {
  const pairs = first.total * second.total;
  if (pairs === 0) return null;
  const lowerRank = Math.floor((pairs - 1) / 2) + 1;
  const lower = differenceOfRank(first, second, lowerRank);
  if (pairs % 2 === 1) return lower;
  const { count, nextAbove } = countUpTo(first, second, lower);
  return count > lowerRank ? lower : (lower + nextAbove) / 2;
}

/** The difference that stands at a rank, counted from 1. */
function differenceOfRank(first: WeightedValues, second: WeightedValues, rank: number): number {
  const smallest = (values: Float64Array): number => values[0] ?? Number.NaN;
  const largest = (values: Float64Array): number => values[values.length - 1] ?? Number.NaN;
  let low = smallest(first.values) - largest(second.values);
  let high = largest(first.values) - smallest(second.values);
  let countLow = 0;
  let countHigh = first.total * second.total;
  for (let step = 0; low < high; step += 1) {
    // Where the rank would lie on a straight line between the ends; every third time the middle, so
    // that bad luck with the line cannot last.
    const share = step % 3 === 2 ? 0.5 : (rank - countLow) / (countHigh - countLow + 1);
    const between = low + (high - low) * Math.min(0.98, Math.max(0.02, share));
    // Rounding may put it on the upper end, which would then never move.
    const bound = between < high ? between : low;
    // Both ends move to differences that exist, so that they meet at one.
    const { count, lastBelow, nextAbove } = countUpTo(first, second, bound);
    if (count >= rank) {
      high = lastBelow;
      countHigh = count;
    } else {
      low = nextAbove;
      countLow = count;
    }
  }
  return low;
}

interface Counted {
  count: number;
  /** The largest difference up to the bound. */
  lastBelow: number;
  /** The smallest difference above it. */
  nextAbove: number;
}

function countUpTo(first: WeightedValues, second: WeightedValues, bound: number): Counted {
  let count = 0;
  let lastBelow = Number.NEGATIVE_INFINITY;
  let nextAbove = Number.POSITIVE_INFINITY;
  let start = 0;
  let passed = 0;
  const others = second.values;
  for (let row = 0; row < first.values.length; row += 1) {
    const value = first.values[row] ?? Number.NaN;
    while (start < others.length && value - (others[start] ?? Number.NaN) > bound) {
      passed += second.weights[start] ?? 0;
      start += 1;
    }
    count += (first.weights[row] ?? 0) * (second.total - passed);
    if (start < others.length) {
      lastBelow = Math.max(lastBelow, value - (others[start] ?? Number.NaN));
    }
    if (start > 0) nextAbove = Math.min(nextAbove, value - (others[start - 1] ?? Number.NaN));
  }
  return { count, lastBelow, nextAbove };
}
