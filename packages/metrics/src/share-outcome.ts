import type { MetricOutcome, MetricWindow } from '@adjutant/core/domain';
import { noPercentiles } from './percentile.ts';
import { bucketOf, fullWeeks, spanOfBucket } from './week-buckets.ts';

export interface ShareRows {
  /** Positions of the rows that count, at least one. */
  counted: readonly number[];
  /** True for those of them that make the share. */
  isPart: (row: number) => boolean;
  /** The instant that places a row in its week. */
  instants: readonly (number | null)[];
}

/** What every share of rows answers: the share, that of each full week, and its rows, the parts first. */
export function shareOutcome(
  { counted, isPart, instants }: ShareRows,
  window: MetricWindow,
  now: number,
  caveats: string[],
): MetricOutcome {
  const weeks = fullWeeks(window, now);
  const wholePerWeek = new Float64Array(weeks.count);
  const partPerWeek = new Float64Array(weeks.count);
  const parts: number[] = [];
  const others: number[] = [];
  for (const row of counted) {
    const inPart = isPart(row);
    (inPart ? parts : others).push(row);
    const week = bucketOf(weeks, instants[row] ?? Number.NaN);
    if (week < 0) continue;
    wholePerWeek[week] = (wholePerWeek[week] ?? 0) + 1;
    if (inPart) partPerWeek[week] = (partPerWeek[week] ?? 0) + 1;
  }
  return {
    value: counted.length === 0 ? null : parts.length / counted.length,
    ...noPercentiles,
    sampleSize: counted.length,
    series: Array.from(wholePerWeek, (whole, week) => {
      const value = whole === 0 ? null : (partPerWeek[week] ?? 0) / whole;
      return { ...spanOfBucket(weeks, week), value, sampleSize: whole };
    }),
    caveats,
    evidence: [...parts, ...others],
  };
}
