import type { SubjectRows } from '@adjutant/core/domain';
import { isCountedKind } from './counted-items.ts';

type Row = SubjectRows['work_item'];
type Key = 'kind' | 'startedAt' | 'doneAt' | 'isDone';
type FinishColumns = { readonly length: number } & {
  readonly [Name in Key]: readonly Row[Name][];
};

/** The finished items among some rows, and what the others are. */
export interface FinishedItems {
  /** From start to finish, one per row; NaN where it is not finished, or not known to have begun. @unit milliseconds */
  durations: Float64Array;
  /** Rows of the finished items that count. */
  finished: number[];
  leftOut: number;
  reopened: number;
  /** Finished, and no source says when they were begun. */
  neverStarted: number;
  /** Finished before they were begun, which no item can be. */
  backwards: number;
}

/** Returns which of the rows with an end are finished items, and how long each took. */
export function finishedItems(columns: FinishColumns): FinishedItems {
  const found: FinishedItems = {
    durations: new Float64Array(columns.length).fill(Number.NaN),
    finished: [],
    leftOut: 0,
    reopened: 0,
    neverStarted: 0,
    backwards: 0,
  };
  for (let row = 0; row < columns.length; row += 1) {
    const doneAt = columns.doneAt[row] ?? null;
    if (doneAt === null) continue;
    if (!isCountedKind(columns.kind[row])) found.leftOut += 1;
    else if (columns.isDone[row] !== true) found.reopened += 1;
    else {
      found.finished.push(row);
      const startedAt = columns.startedAt[row] ?? null;
      if (startedAt === null) found.neverStarted += 1;
      else if (startedAt > doneAt) found.backwards += 1;
      else found.durations[row] = doneAt - startedAt;
    }
  }
  return found;
}
