import type { SubjectRows } from '@adjutant/core/domain';
import { isCountedKind } from './counted-items.ts';

type Span = SubjectRows['status_span'];
type Key = 'kind' | 'from' | 'to' | 'category' | 'startedAt' | 'doneAt' | 'isDone' | 'isReplayed';

/** The columns that tell what a work item was at any instant. */
export const phaseColumns = [
  'kind',
  'from',
  'to',
  'category',
  'startedAt',
  'doneAt',
  'isDone',
  'isReplayed',
] as const satisfies readonly Key[];
export type PhaseColumns = { readonly length: number } & {
  readonly [Name in Key]: readonly Span[Name][];
};

/** One interval per row, `from` inside and `to` outside; NaN where a row has none. */
export interface Stretches {
  from: Float64Array;
  to: Float64Array;
}

/** When each stretch of status was not begun, in progress and done. */
export interface Phases {
  toDo: Stretches;
  inProgress: Stretches;
  done: Stretches;
  /** In progress now, and nothing says since when. */
  sinceUnknown: number[];
  /** Items that count. */
  items: number;
  /** Items that do not, by their kind. */
  leftOut: number;
  /** Items whose source does not tell whether they are worked on, or since when they are not. */
  untold: number;
  /** Whether any item tells that it is begun, or not yet. */
  tellsStarts: boolean;
  /** Earlier stretches in statuses of which no item tells what they mean. */
  unnamed: number;
  /** The first instant that anything is known of. */
  firstAt: number;
}

/** Returns what every stretch of status means, from its category and the item's start and end. */
export function phasesOf(columns: PhaseColumns): Phases {
  const rows = columns.length;
  const phases: Phases = {
    toDo: noStretches(rows),
    inProgress: noStretches(rows),
    done: noStretches(rows),
    sinceUnknown: [],
    items: 0,
    leftOut: 0,
    untold: 0,
    tellsStarts: false,
    unnamed: 0,
    firstAt: Number.POSITIVE_INFINITY,
  };
  for (let row = 0; row < rows; row += 1) {
    const isPresent = (columns.to[row] ?? null) === null;
    if (!isCountedKind(columns.kind[row])) {
      if (isPresent) phases.leftOut += 1;
      continue;
    }
    if (tellsStart(columns, row)) phases.tellsStarts = true;
    if (!isPresent) placePast(phases, columns, row);
    else {
      phases.items += 1;
      if (columns.isReplayed[row] === true) placePresent(phases, columns, row);
      else placeUnchanged(phases, columns, row);
    }
    for (const { from } of [phases.toDo, phases.inProgress, phases.done]) {
      const at = from[row] ?? Number.NaN;
      if (Number.isFinite(at) && at < phases.firstAt) phases.firstAt = at;
    }
  }
  return phases;
}

function placePast(phases: Phases, columns: PhaseColumns, row: number): void {
  const from = columns.from[row] ?? Number.NEGATIVE_INFINITY;
  const to = columns.to[row] ?? Number.NaN;
  const category = columns.category[row] ?? null;
  if (category === 'done') return put(phases.done, row, from, to);
  // Neither the status nor the item tells whether it was worked on.
  if (category === null && (columns.startedAt[row] ?? null) === null) return;
  const start = category === 'to_do' ? to : startIn(columns, row, from);
  if (category === null && start < to) phases.unnamed += 1;
  put(phases.toDo, row, from, Math.min(start, to));
  put(phases.inProgress, row, start, to);
}

function placePresent(phases: Phases, columns: PhaseColumns, row: number): void {
  const from = columns.from[row] ?? Number.NEGATIVE_INFINITY;
  const category = columns.category[row] ?? null;
  if (columns.isDone[row] === true) return put(phases.done, row, from, forever);
  if (category === null && (columns.startedAt[row] ?? null) === null) {
    phases.untold += 1;
    return;
  }
  const start = category === 'to_do' ? forever : startIn(columns, row, from);
  put(phases.toDo, row, from, start);
  put(phases.inProgress, row, start, forever);
}

/** Where there are no changes, the item's own instants are all that is known of its past. */
function placeUnchanged(phases: Phases, columns: PhaseColumns, row: number): void {
  const from = columns.from[row] ?? Number.NEGATIVE_INFINITY;
  const startedAt = columns.startedAt[row] ?? null;
  const doneAt = columns.doneAt[row] ?? null;
  const category = columns.category[row] ?? null;
  if (columns.isDone[row] === true) {
    if (doneAt === null) {
      phases.untold += 1;
      return;
    }
    const start = Math.min(startedAt ?? doneAt, doneAt);
    put(phases.toDo, row, from, start);
    put(phases.inProgress, row, start, doneAt);
    put(phases.done, row, doneAt, forever);
  } else if (category === 'to_do') {
    // Once begun and back again, and nothing says since when.
    if (startedAt === null) put(phases.toDo, row, from, forever);
    else phases.untold += 1;
  } else if (startedAt !== null) {
    put(phases.toDo, row, from, startedAt);
    put(phases.inProgress, row, startedAt, forever);
  } else if (category === null) phases.untold += 1;
  else phases.sinceUnknown.push(row);
}

const forever = Number.POSITIVE_INFINITY;

/** When work went on in a stretch: from its begin, or from the item's start where that is later. */
function startIn(columns: PhaseColumns, row: number, from: number): number {
  const unknownStart = columns.category[row] === 'in_progress' ? from : forever;
  return Math.max(from, columns.startedAt[row] ?? unknownStart);
}

function tellsStart(columns: PhaseColumns, row: number): boolean {
  const category = columns.category[row] ?? null;
  return (columns.startedAt[row] ?? null) !== null || (category !== null && category !== 'done');
}

function noStretches(rows: number): Stretches {
  return {
    from: new Float64Array(rows).fill(Number.NaN),
    to: new Float64Array(rows).fill(Number.NaN),
  };
}

function put(stretches: Stretches, row: number, from: number, to: number): void {
  if (!(from < to)) return;
  stretches.from[row] = from;
  stretches.to[row] = to;
}
