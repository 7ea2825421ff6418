import type { SubjectRows } from '@adjutant/core/domain';
import { isCountedKind } from './counted-items.ts';

type Span = SubjectRows['status_span'];
type Key = 'kind' | 'status' | 'from' | 'to' | 'startedAt' | 'doneAt' | 'isDone' | 'isReplayed';
type SpentColumns = { readonly length: number } & { readonly [Name in Key]: readonly Span[Name][] };

/** The part of a stretch of status that lies between start and finish of its item. */
export interface SpentTime {
  row: number;
  /** 0 for what lies outside. @unit milliseconds */
  lengthMs: number;
  isActive: boolean;
  /** The item's present stretch, of which each item has one. */
  isLast: boolean;
}

export interface SpentTimes {
  times: SpentTime[];
  /** Finished items that count by their kind. */
  items: number;
  noStart: number;
  noChanges: number;
  leftOut: number;
  reopened: number;
}

/** Returns what finished items spent in which status between their start and their finish. */
export function spentTimes(
  columns: SpentColumns,
  active: ReadonlySet<string>,
  plain: (status: string) => string,
): SpentTimes {
  const found: SpentTimes = {
    times: [],
    items: 0,
    noStart: 0,
    noChanges: 0,
    leftOut: 0,
    reopened: 0,
  };
  for (let row = 0; row < columns.length; row += 1) {
    const isLast = (columns.to[row] ?? null) === null;
    if (isLast) countItem(found, columns, row);
    if (!isMeasured(columns, row)) continue;
    const startedAt = columns.startedAt[row] ?? Number.NaN;
    const doneAt = columns.doneAt[row] ?? Number.NaN;
    const from = Math.max(columns.from[row] ?? Number.NEGATIVE_INFINITY, startedAt);
    const to = Math.min(columns.to[row] ?? Number.POSITIVE_INFINITY, doneAt);
    const status = columns.status[row] ?? null;
    const isActive = status !== null && active.has(plain(status));
    const lengthMs = Math.max(0, to - from);
    if (lengthMs > 0 || isLast) found.times.push({ row, lengthMs, isActive, isLast });
  }
  return found;
}

function countItem(found: SpentTimes, columns: SpentColumns, row: number): void {
  if (!isCountedKind(columns.kind[row])) found.leftOut += 1;
  else if (columns.isDone[row] !== true) found.reopened += 1;
  else {
    found.items += 1;
    if (!startsBeforeFinish(columns, row)) found.noStart += 1;
    else if (columns.isReplayed[row] !== true) found.noChanges += 1;
  }
}

function isMeasured(columns: SpentColumns, row: number): boolean {
  return (
    isCountedKind(columns.kind[row]) &&
    columns.isDone[row] === true &&
    columns.isReplayed[row] === true &&
    startsBeforeFinish(columns, row)
  );
}

function startsBeforeFinish(columns: SpentColumns, row: number): boolean {
  const startedAt = columns.startedAt[row] ?? null;
  return startedAt !== null && startedAt <= (columns.doneAt[row] ?? Number.NaN);
}
