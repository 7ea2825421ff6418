import type { MetricPart, MetricPoint, Percentiles, Window } from '@adjutant/core/domain';
import { noPercentiles, percentileOfSorted, percentilesOf } from './percentile.ts';
import { bucketOf, fullWeeks, hourMs } from './week-buckets.ts';

/** One duration per row in milliseconds, NaN where unknown, so that positions stay those of the rows. */
export type Durations = Float64Array;

/** Durations of a column. */
export function durationsOf(column: readonly (number | null)[]): Durations {
  const durations = new Float64Array(column.length);
  for (let row = 0; row < durations.length; row += 1) durations[row] = column[row] ?? Number.NaN;
  return durations;
}

/** Durations from one instant column to another; unknown where either is, or where time ran backwards. */
export function durationsBetween(
  starts: readonly (number | null)[],
  ends: readonly (number | null)[],
): Durations {
  const durations = new Float64Array(starts.length);
  for (let row = 0; row < durations.length; row += 1) {
    const length = (ends[row] ?? Number.NaN) - (starts[row] ?? Number.NaN);
    durations[row] = length >= 0 ? length : Number.NaN;
  }
  return durations;
}

/** The known durations, in new memory that may be sorted. */
export function knownDurations(durations: Durations): Float64Array {
  const known = new Float64Array(durations.length);
  let count = 0;
  for (let row = 0; row < durations.length; row += 1) {
    const duration = durations[row] ?? Number.NaN;
    if (!Number.isNaN(duration)) {
      known[count] = duration;
      count += 1;
    }
  }
  return known.subarray(0, count);
}

/** Positions of the rows whose duration is known. */
export function knownPositions(durations: Durations): Uint32Array {
  const positions = new Uint32Array(durations.length);
  let count = 0;
  for (let row = 0; row < durations.length; row += 1) {
    if (!Number.isNaN(durations[row])) {
      positions[count] = row;
      count += 1;
    }
  }
  return positions.subarray(0, count);
}

/** Percentiles of the known durations and how many there are. @unit hours */
export function summarizeHours(durations: Durations): Percentiles & { sampleSize: number } {
  const known = knownDurations(durations);
  if (known.length === 0) return { ...noPercentiles, sampleSize: 0 };
  const { p50, p75, p90 } = percentilesOf(known);
  return { p50: inHours(p50), p75: inHours(p75), p90: inHours(p90), sampleSize: known.length };
}

/** A named part of a metric whose value is the median. @unit hours */
export function durationPart(id: string, title: string, durations: Durations): MetricPart {
  const summary = summarizeHours(durations);
  return { id, title, value: summary.p50, ...summary };
}

/**
 * The median of each full week of the window, by the instant that places a row in time; null in a
 * week without a known duration. @unit hours
 */
export function weeklyMedians(
  durations: Durations,
  instants: readonly (number | null)[],
  window: Window,
  now: number,
): MetricPoint[] {
  const weeks = fullWeeks(window, now);
  const weekOfRow = new Int32Array(durations.length);
  const ends = new Uint32Array(weeks.count + 1);
  for (let row = 0; row < durations.length; row += 1) {
    const instant = instants[row] ?? Number.NaN;
    const week = Number.isNaN(durations[row]) ? -1 : bucketOf(weeks, instant);
    weekOfRow[row] = week;
    if (week >= 0) ends[week + 1] = (ends[week + 1] ?? 0) + 1;
  }
  for (let week = 1; week < ends.length; week += 1) {
    ends[week] = (ends[week] ?? 0) + (ends[week - 1] ?? 0);
  }
  // A counting group: rows are laid week by week into one array, and each stretch is sorted.
  const starts = ends.slice();
  const grouped = new Float64Array(ends[weeks.count] ?? 0);
  for (let row = 0; row < durations.length; row += 1) {
    const week = weekOfRow[row] ?? -1;
    if (week < 0) continue;
    const slot = ends[week] ?? 0;
    grouped[slot] = durations[row] ?? Number.NaN;
    ends[week] = slot + 1;
  }
  return Array.from({ length: weeks.count }, (_, week) => {
    const sorted = grouped.subarray(starts[week], starts[week + 1]).sort();
    const start = weeks.firstStart + week * weeks.lengthMs;
    const value = inHours(percentileOfSorted(sorted, 0.5));
    return { start, end: start + weeks.lengthMs, value, sampleSize: sorted.length };
  });
}

function inHours(durationMs: number | null): number | null {
  return durationMs === null ? null : durationMs / hourMs;
}
