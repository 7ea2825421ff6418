/** What a stretch of time is; it chooses the colour, and the label says the same in words. */
export type Stage = 'coding' | 'pickup' | 'review' | 'deploy' | 'work' | 'failed' | 'outside';

export interface TimelineInstant {
  /** From 0, the left edge, to 100: order and readable distance, no scale. */
  at: number;
  /** Empty for one of many that need no name. */
  label: string;
  /** It is shown because one would expect it to count, and it does not. */
  ignored?: true;
}

export interface TimelineSpan {
  from: number;
  to: number;
  label: string;
  stage: Stage;
}

export interface TimelineBracket {
  from: number;
  to: number;
  label: string;
  /** Shown for comparison: not what the metric measures. */
  beside?: true;
}

export interface TimelineRow {
  label?: string;
  instants: readonly TimelineInstant[];
  spans?: readonly TimelineSpan[];
  brackets?: readonly TimelineBracket[];
}

/** A picture of what a metric measures: rows of instants, what lies between them, and what is measured. */
export interface Timeline {
  title: string;
  rows: readonly TimelineRow[];
  /** Instants that hold for every row: the ends of a window, now. */
  lines?: readonly TimelineInstant[];
  /** What the picture cannot draw, in one sentence. */
  note?: string;
}

/**
 * Returns the picture in words, for whoever does not see it.
 * @throws Error where a span or a bracket ends at no instant that has a name
 */
export function timelineText(timeline: Timeline): string {
  const lines = timeline.lines ?? [];
  const rows = timeline.rows.map((row) => rowText(row, lines));
  const across = lines.map(({ label }) => label).join(', then ');
  return [
    `${timeline.title}.`,
    ...(across === '' ? [] : [`Across all rows: ${across}.`]),
    ...rows,
    ...(timeline.note === undefined ? [] : [timeline.note]),
  ].join(' ');
}

function rowText(row: TimelineRow, lines: readonly TimelineInstant[]): string {
  const order = row.instants.toSorted((left, right) => left.at - right.at);
  const instants = order
    .map(({ label }) => label)
    .filter((label) => label !== '')
    .join(', then ');
  const stretch = ({ from, to, label }: TimelineSpan | TimelineBracket): string =>
    `${label}, from ${nameAt(from, row, lines)} to ${nameAt(to, row, lines)}`;
  const spans = (row.spans ?? []).map(stretch).join('; ');
  const [measured, beside] = [false, true].map((isBeside) =>
    (row.brackets ?? [])
      .filter((bracket) => (bracket.beside ?? false) === isBeside)
      .map(stretch)
      .join('; '),
  );
  const parts = [
    instants,
    spans === '' ? '' : `Stretches: ${spans}`,
    measured === '' ? '' : `Measured: ${measured}`,
    beside === '' ? '' : `Beside it: ${beside}`,
  ].filter((part) => part !== '');
  const text = `${parts.join('. ')}.`;
  return row.label === undefined ? text : `${row.label}: ${text}`;
}

function nameAt(at: number, row: TimelineRow, lines: readonly TimelineInstant[]): string {
  const found = [...row.instants, ...lines].find(
    ({ at: other, label }) => other === at && label !== '',
  );
  if (found === undefined) throw new Error(`Nothing in the row has a name at ${at}.`);
  return found.label;
}
