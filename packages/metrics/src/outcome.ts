import type { MetricOutcome, MetricWindow } from '@adjutant/core/domain';
import type { NumberColumn, Scratch } from './durations.ts';
import { knownPositions, summarizeHours, weeklyMedians } from './durations.ts';
import { noPercentiles } from './percentile.ts';

/** An unknown figure and why it is unknown. Never a 0. */
export function unknownOutcome(reason: string): MetricOutcome {
  return {
    value: null,
    ...noPercentiles,
    sampleSize: 0,
    parts: [],
    series: [],
    caveats: [reason],
    evidence: [],
  };
}

/** What every metric of a duration answers: its median, percentiles, weekly medians and rows. @unit hours */
export function durationOutcome(
  durations: NumberColumn,
  instants: NumberColumn,
  window: MetricWindow,
  now: number,
  caveats: string[],
  scratch: Scratch,
): MetricOutcome {
  const summary = summarizeHours(durations, scratch);
  return {
    value: summary.p50,
    ...summary,
    series: weeklyMedians(durations, instants, window, now, scratch),
    caveats,
    evidence: knownPositions(durations),
  };
}
