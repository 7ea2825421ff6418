import type { Percentiles } from '@adjutant/core/domain';

/** A summary of nothing: every percentile unknown. */
export const noPercentiles: Percentiles = { p50: null, p75: null, p90: null };

/** p50, p75 and p90 of known values. Reorders `values`; unknown values must not be among them. */
export function percentilesOf(values: Float64Array): Percentiles {
  if (values.length === 0) return noPercentiles;
  // In ascending order, so that each selection works on what the one before left above it.
  const p50 = percentileFrom(values, 0.5, 0);
  const p75 = percentileFrom(values, 0.75, rankBelow(values, 0.5));
  const p90 = percentileFrom(values, 0.9, rankBelow(values, 0.75));
  return { p50, p75, p90 };
}

/**
 * Continuous percentile: linear between the two closest ranks; null of no values. `fraction` 0.5 of
 * 10, 20, 30, 100 is 25. Reorders `values`; unknown values must not be among them.
 */
export function percentileOf(values: Float64Array, fraction: number): number | null {
  return values.length === 0 ? null : percentileFrom(values, fraction, 0);
}

/**
 * Nearest-rank percentile: the smallest value that at least `fraction` of all values do not exceed,
 * so always one that was observed; null of no values. Unknown values must not be among them.
 */
export function nearestRank(values: Float64Array, fraction: number): number | null {
  if (values.length === 0) return null;
  // 0.07 of 100 is 7.000000000000001 in floating point, and its rank is 7.
  const rank = Math.max(1, Math.ceil(fraction * values.length - 1e-9));
  return values.toSorted()[rank - 1] ?? null;
}

function rankBelow(values: Float64Array, fraction: number): number {
  return Math.floor(fraction * (values.length - 1));
}

/** Nothing below `from` may be larger than anything from there on. */
function percentileFrom(values: Float64Array, fraction: number, from: number): number {
  const rank = fraction * (values.length - 1);
  const below = Math.floor(rank);
  const lower = selectRank(values, below, from);
  if (rank === below) return lower;
  let upper = Number.POSITIVE_INFINITY;
  for (let index = below + 1; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (value < upper) upper = value;
  }
  return lower + (upper - lower) * (rank - below);
}

/**
 * Moves the value of that rank to its place, smaller ones before it and larger ones after it, and
 * returns it. A selection costs a pass or three where a sort costs a logarithm of them.
 */
function selectRank(values: Float64Array, rank: number, from: number): number {
  let left = from;
  let right = values.length - 1;
  // Bad luck with pivots must not make this quadratic: past the budget the rest is sorted.
  let budget = 2 * Math.ceil(Math.log2(values.length + 1)) + 8;
  while (right - left > 16 && budget > 0) {
    budget -= 1;
    const pivot = medianOfThree(values, left, right);
    let low = left;
    let high = right;
    while (low <= high) {
      while ((values[low] ?? Number.NaN) < pivot) low += 1;
      while ((values[high] ?? Number.NaN) > pivot) high -= 1;
      if (low > high) break;
      const held = values[low] ?? Number.NaN;
      values[low] = values[high] ?? Number.NaN;
      values[high] = held;
      low += 1;
      high -= 1;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else return values[rank] ?? Number.NaN;
  }
  values.subarray(left, right + 1).sort();
  return values[rank] ?? Number.NaN;
}

function medianOfThree(values: Float64Array, left: number, right: number): number {
  const first = values[left] ?? Number.NaN;
  const middle = values[(left + right) >>> 1] ?? Number.NaN;
  const last = values[right] ?? Number.NaN;
  return Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
}
