import type { MetricCoverage, MetricPoint, MetricWindow, Window } from '@adjutant/core/domain';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;

/** Consecutive days or weeks that lie wholly inside a window. */
export interface Buckets {
  /** The start of each, and the end of the last one. */
  bounds: readonly number[];
  /** What one lasts, but for an hour where the clocks change. */
  usualLengthMs: number;
  count: number;
}

/** Weeks, from Monday on, wholly inside the window; weeks that it or `now` cuts are dropped. */
export function fullWeeks(window: MetricWindow, now: number): Buckets {
  return fullPeriods(window, now, 'week', weekMs);
}

/** Days wholly inside the window; days that it or `now` cuts are dropped. */
export function fullDays(window: MetricWindow, now: number): Buckets {
  return fullPeriods(window, now, 'day', dayMs);
}

function fullPeriods(
  { from, to, calendar }: MetricWindow,
  now: number,
  period: 'day' | 'week',
  usualLengthMs: number,
): Buckets {
  // A period that is still running has not shown all that will happen in it.
  const bounds = calendar.startsOf(period, { from, to: Math.min(to, now) });
  return { bounds, usualLengthMs, count: Math.max(0, bounds.length - 1) };
}

/** Start and end of one bucket. */
export function spanOfBucket(
  { bounds }: Buckets,
  position: number,
): Pick<MetricPoint, 'start' | 'end'> {
  const start = bounds[position] ?? Number.NaN;
  return { start, end: bounds[position + 1] ?? start };
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
  const { bounds, count } = buckets;
  const first = bounds[0] ?? Number.NaN;
  if (!(instant >= first && instant < (bounds[count] ?? first))) return -1;
  // Off by one at most: what changes of the clocks add up to is never a whole period.
  const guess = Math.min(count - 1, Math.floor((instant - first) / buckets.usualLengthMs));
  if (instant < (bounds[guess] ?? first)) return guess - 1;
  return instant >= (bounds[guess + 1] ?? Number.POSITIVE_INFINITY) ? guess + 1 : guess;
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

/** How many instants fall into any of the buckets. */
export function countInside(
  { bounds, count }: Buckets,
  instants: readonly (number | null)[],
): number {
  const [first, end] = [bounds[0] ?? Number.NaN, bounds[count] ?? Number.NaN];
  let inside = 0;
  for (const instant of instants) {
    if (instant !== null && instant >= first && instant < end) inside += 1;
  }
  return inside;
}

/** One point per bucket with its count. An empty bucket is a true 0 and stays. */
export function countSeries(buckets: Buckets, counts: Float64Array): MetricPoint[] {
  return Array.from(counts, (count, bucket) => ({
    ...spanOfBucket(buckets, bucket),
    value: count,
    sampleSize: count,
  }));
}
