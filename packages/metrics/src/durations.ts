import type { MetricPart, MetricPoint, MetricWindow, Percentiles } from '@adjutant/core/domain';
import { noPercentiles, percentileOf, percentilesOf } from './percentile.ts';
import { bucketOf, fullWeeks, hourMs, spanOfBucket } from './week-buckets.ts';

/** Durations or instants, one per row; null or NaN where unknown, so that positions stay those of the rows. */
export type NumberColumn = ArrayLike<number | null>;

/**
 * Memory that one computation uses again and again. Large arrays lie outside the heap, and each new
 * one brings the next full collection nearer: at a million rows that cost more than the arithmetic.
 */
export type Scratch = Float64Array;

/** True where the row has a value. */
export function isKnown(column: NumberColumn, row: number): boolean {
  return !Number.isNaN(column[row] ?? Number.NaN);
}

/** Durations from one instant column to another; unknown where either is, or where time ran backwards. */
export function durationsBetween(starts: NumberColumn, ends: NumberColumn): Float64Array {
  const durations = new Float64Array(starts.length);
  for (let row = 0; row < durations.length; row += 1) {
    const length = (ends[row] ?? Number.NaN) - (starts[row] ?? Number.NaN);
    durations[row] = length >= 0 ? length : Number.NaN;
  }
  return durations;
}

/** Positions of the rows whose duration is known. */
export function knownPositions(durations: NumberColumn): Uint32Array {
  const positions = new Uint32Array(durations.length);
  let count = 0;
  for (let row = 0; row < durations.length; row += 1) {
    if (!isKnown(durations, row)) continue;
    positions[count] = row;
    count += 1;
  }
  return positions.subarray(0, count);
}

/**
 * Percentiles of the known durations of a column, and how many there are; a `unit` of 1 leaves the
 * values of the column as they are. @unit hours
 */
export function summarizeHours(
  column: NumberColumn,
  scratch: Scratch = new Float64Array(column.length),
  unit: number = hourMs,
): Percentiles & { sampleSize: number } {
  const known = knownInto(scratch, column);
  if (known.length === 0) return { ...noPercentiles, sampleSize: 0 };
  const { p50, p75, p90 } = percentilesOf(known);
  return {
    p50: inUnit(p50, unit),
    p75: inUnit(p75, unit),
    p90: inUnit(p90, unit),
    sampleSize: known.length,
  };
}

/** Median of the known durations of a column, as `summarizeHours` tells it; null of none. @unit hours */
export function medianHours(column: NumberColumn): number | null {
  if (usedAgain.length < column.length) usedAgain = new Float64Array(column.length);
  return inUnit(percentileOf(knownInto(usedAgain, column), 0.5), hourMs);
}

/** Medians alone are taken some hundred times in a row, and never two at once. */
let usedAgain: Scratch = new Float64Array(0);

/** A named part of a metric whose value is the median. @unit hours */
export function durationPart(
  id: string,
  title: string,
  column: NumberColumn,
  scratch?: Scratch,
): MetricPart {
  const summary = summarizeHours(column, scratch);
  return { id, title, value: summary.p50, ...summary };
}

/**
 * The median of each full week of the window, by the instant that places a row in time; null in a
 * week without a known duration; a `unit` of 1 leaves the values as they are. @unit hours
 */
export function weeklyMedians(
  durations: NumberColumn,
  instants: NumberColumn,
  window: MetricWindow,
  now: number,
  scratch: Scratch,
  unit: number = hourMs,
): MetricPoint[] {
  const weeks = fullWeeks(window, now);
  const weekOf = (row: number): number =>
    isKnown(durations, row) ? bucketOf(weeks, instants[row] ?? Number.NaN) : -1;
  const ends = new Uint32Array(weeks.count + 1);
  for (let row = 0; row < durations.length; row += 1) {
    const week = weekOf(row);
    if (week >= 0) ends[week + 1] = (ends[week + 1] ?? 0) + 1;
  }
  for (let week = 1; week < ends.length; week += 1) {
    ends[week] = (ends[week] ?? 0) + (ends[week - 1] ?? 0);
  }
  // A counting group: rows are laid week by week into one array, and the median of each stretch is taken.
  const starts = ends.slice();
  for (let row = 0; row < durations.length; row += 1) {
    const week = weekOf(row);
    if (week < 0) continue;
    const slot = ends[week] ?? 0;
    scratch[slot] = durations[row] ?? Number.NaN;
    ends[week] = slot + 1;
  }
  return Array.from({ length: weeks.count }, (_, week) => {
    const inWeek = scratch.subarray(starts[week], starts[week + 1]);
    const value = inUnit(percentileOf(inWeek, 0.5), unit);
    return { ...spanOfBucket(weeks, week), value, sampleSize: inWeek.length };
  });
}

/** Lays the known values of a column side by side, and returns the part of the memory they take. */
function knownInto(scratch: Scratch, column: NumberColumn): Scratch {
  let count = 0;
  for (let row = 0; row < column.length; row += 1) {
    const duration = column[row] ?? Number.NaN;
    if (Number.isNaN(duration)) continue;
    scratch[count] = duration;
    count += 1;
  }
  return scratch.subarray(0, count);
}

function inUnit(value: number | null, unit: number): number | null {
  return value === null ? null : value / unit;
}
