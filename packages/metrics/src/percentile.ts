import type { Percentiles } from '@adjutant/core/domain';

/** A summary of nothing: every percentile unknown. */
export const noPercentiles: Percentiles = { p50: null, p75: null, p90: null };

/**
 * Continuous percentile of ascending values: linear between the two closest ranks; null of none.
 * `fraction` 0.5 of 10, 20, 30, 100 is 25.
 */
export function percentileOfSorted(sorted: Float64Array, fraction: number): number | null {
  if (sorted.length === 0) return null;
  const rank = fraction * (sorted.length - 1);
  const below = Math.floor(rank);
  const lower = sorted[below] ?? Number.NaN;
  const upper = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return lower + (upper - lower) * (rank - below);
}

/** p50, p75 and p90 of known values. Sorts `values` in place; unknown values must not be among them. */
export function percentilesOf(values: Float64Array): Percentiles {
  values.sort();
  return {
    p50: percentileOfSorted(values, 0.5),
    p75: percentileOfSorted(values, 0.75),
    p90: percentileOfSorted(values, 0.9),
  };
}
