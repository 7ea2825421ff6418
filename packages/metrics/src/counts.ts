import type { MetricOutcome, MetricPart, MetricWindow } from '@adjutant/core/domain';
import { type NumberColumn, type Scratch, isKnown } from './durations.ts';
import { knownPositions, summarizeHours, weeklyMedians } from './durations.ts';
import { noPercentiles } from './percentile.ts';

/** The values of a column are what they are: lines, reviews, people. */
const asCounted = 1;

/** What every metric of a number per row answers: its median, percentiles, weekly medians and rows. */
export function countOutcome(
  counts: NumberColumn,
  instants: NumberColumn,
  window: MetricWindow,
  now: number,
  scratch: Scratch,
): MetricOutcome {
  const summary = summarizeHours(counts, scratch, asCounted);
  return {
    value: summary.p50,
    ...summary,
    series: weeklyMedians(counts, instants, window, now, scratch, asCounted),
    caveats: [],
    evidence: knownPositions(counts),
  };
}

/** A named part of a metric whose value is the median of a number per row. */
export function countPart(
  id: string,
  title: string,
  counts: NumberColumn,
  scratch?: Scratch,
): MetricPart {
  const summary = summarizeHours(counts, scratch, asCounted);
  return { id, title, unit: 'count', value: summary.p50, ...summary };
}

/** A named share of rows; null where there is none that it could be a share of. @unit share */
export function sharePart(id: string, title: string, part: number, whole: number): MetricPart {
  const value = whole === 0 ? null : part / whole;
  return { id, title, unit: 'share', value, ...noPercentiles, sampleSize: whole };
}

/** A range of numbers up to and with `upTo`, beginning behind the range before it. */
export interface Band {
  id: string;
  title: string;
  upTo: number;
}

/** The share of the known rows that lies in each band; the bands rise, the last has no end. @unit share */
export function bandParts(counts: NumberColumn, bands: readonly Band[]): MetricPart[] {
  const inBand = new Float64Array(bands.length);
  let known = 0;
  for (let row = 0; row < counts.length; row += 1) {
    if (!isKnown(counts, row)) continue;
    known += 1;
    const count = counts[row] ?? Number.NaN;
    const band = bands.findIndex(({ upTo }) => count <= upTo);
    inBand[band] = (inBand[band] ?? 0) + 1;
  }
  return bands.map(({ id, title }, band) => sharePart(id, title, inBand[band] ?? 0, known));
}
