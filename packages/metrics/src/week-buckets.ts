import type { MetricCoverage, MetricPoint, Window } from '@adjutant/core/domain';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;

/** The epoch began on a Thursday; the first Monday came four days later. */
const firstMonday = 4 * dayMs;

/** Consecutive periods of equal length that lie wholly inside a window. */
export interface Buckets {
  /** Start of the first one. */
  firstStart: number;
  lengthMs: number;
  count: number;
}

/** ISO weeks (Monday 00:00 UTC) wholly inside the window; weeks that it or `now` cuts are dropped. */
export function fullWeeks(window: Window, now: number): Buckets {
  return fullPeriods(window, now, weekMs, firstMonday);
}

/** UTC days wholly inside the window; days that it or `now` cuts are dropped. */
export function fullDays(window: Window, now: number): Buckets {
  return fullPeriods(window, now, dayMs, 0);
}

function fullPeriods(window: Window, now: number, lengthMs: number, origin: number): Buckets {
  const firstStart = Math.ceil((window.from - origin) / lengthMs) * lengthMs + origin;
  // A period that is still running has not shown all that will happen in it.
  const end = Math.min(window.to, now);
  return { firstStart, lengthMs, count: Math.max(0, Math.floor((end - firstStart) / lengthMs)) };
}

/**
 * Returns the end of what was read of a window that holds no row, or null where its silence says
 * nothing: no source has shown such events from before it, or not everything was read into it.
 */
export function quietUntil(
  window: Window,
  now: number,
  coverage: MetricCoverage | null,
): number | null {
  if (coverage === null || coverage.shownSince >= window.from) return null;
  if (coverage.readUntil === null || coverage.readUntil <= window.from) return null;
  return Math.min(now, coverage.readUntil);
}

/** Position of the bucket that holds the instant; -1 outside all of them. */
export function bucketOf(buckets: Buckets, instant: number): number {
  const index = Math.floor((instant - buckets.firstStart) / buckets.lengthMs);
  return index >= 0 && index < buckets.count ? index : -1;
}

/** How many instants fall into each bucket; nulls and instants outside are not counted. */
export function countPerBucket(
  buckets: Buckets,
  instants: readonly (number | null | undefined)[] | Float64Array,
): Float64Array {
  const counts = new Float64Array(buckets.count);
  for (let row = 0; row < instants.length; row += 1) {
    const instant = instants[row];
    if (instant === null || instant === undefined) continue;
    const bucket = bucketOf(buckets, instant);
    if (bucket >= 0) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

/** One point per bucket with its count. An empty bucket is a true 0 and stays. */
export function countSeries(buckets: Buckets, counts: Float64Array): MetricPoint[] {
  return Array.from(counts, (count, bucket) => {
    const start = buckets.firstStart + bucket * buckets.lengthMs;
    return { start, end: start + buckets.lengthMs, value: count, sampleSize: count };
  });
}
