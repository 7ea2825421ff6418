import type { MetricPoint, Window } from '@adjutant/core/domain';
import { bucketOf, countPerBucket, fullWeeks } from './week-buckets.ts';

/**
 * The share of cases that are what is asked for, in each full week of the window, by the instant that
 * places a case in time; null in a week without a case. @unit share of 1
 */
export function weeklyShares(
  instants: readonly (number | null)[],
  isMeant: readonly boolean[],
  window: Window,
  now: number,
): MetricPoint[] {
  const weeks = fullWeeks(window, now);
  const meant = new Float64Array(weeks.count);
  for (const [position, instant] of instants.entries()) {
    if (isMeant[position] !== true) continue;
    const week = bucketOf(weeks, instant ?? Number.NaN);
    if (week >= 0) meant[week] = (meant[week] ?? 0) + 1;
  }
  return Array.from(countPerBucket(weeks, instants), (count, week) => {
    const start = weeks.firstStart + week * weeks.lengthMs;
    const value = count === 0 ? null : (meant[week] ?? 0) / count;
    return { start, end: start + weeks.lengthMs, value, sampleSize: count };
  });
}
