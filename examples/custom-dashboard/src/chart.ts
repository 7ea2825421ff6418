import type { AnswerMeta } from '@adjutant/core';
import type { MetricPoint, MetricUnit } from '@adjutant/core/domain';

/** One line or layer: a number for each label, null where it is not known. Never 0 for unknown. */
export interface Dataset {
  id: string;
  label: string;
  data: (number | null)[];
}

/** Arrays that a chart library takes as they are. */
export interface Chart {
  id: string;
  title: string;
  /** `bars` and `areas` are stacked, the first dataset at the bottom. */
  kind: 'bars' | 'lines' | 'areas';
  unit: MetricUnit;
  /** The first day of each week, or the day. */
  labels: string[];
  datasets: Dataset[];
  /** How many rows each label stands on. */
  sampleSizes: number[];
  /** A share that stands beside each label. */
  share: Dataset | null;
  /** The whole window in a few words, with its n. */
  figure: string;
  definition: string;
  /** Under this the figure can be checked later; null where it has none. */
  citationId: string | null;
  /** Caveats and gaps: whatever a reader must know before believing it. */
  notes: string[];
}

/** Returns the days that periods begin on, as labels: `2026-11-23`, in the zone that cut them. */
export function labelsOf(points: readonly { start: number }[], timeZone: string): string[] {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  // Swedish dates are ISO dates.
  const days = new Intl.DateTimeFormat('sv-SE', { ...parts, timeZone });
  return points.map(({ start }) => days.format(start));
}

/** Returns the points of the SDK as a dataset. */
export function datasetOf(id: string, label: string, points: readonly MetricPoint[]): Dataset {
  return { id, label, data: points.map(({ value }) => value) };
}

/** What stands beside a figure: its caveats, and the messages of the gaps that touch it. */
export function notesOf(answer: { caveats: string[]; gaps: string[]; meta: AnswerMeta }): string[] {
  const touching = answer.meta.gaps.filter(({ code }) => answer.gaps.includes(code));
  return [...new Set([...answer.caveats, ...touching.map(({ message }) => message)])];
}
