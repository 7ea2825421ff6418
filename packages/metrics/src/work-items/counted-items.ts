import type { SubjectRows } from '@adjutant/core/domain';
import { shareCaveat } from '../caveats.ts';

type Kind = SubjectRows['work_item']['kind'];

export const workItem = 'work item';

/** Said of every figure of flow: which items count. */
export const countedItems =
  'Epics and subtasks stay out: the one holds items that count themselves, the other is part of one.';

/** Whether an item counts by itself in figures of flow. */
export function isCountedKind(kind: Kind | undefined): boolean {
  return kind !== undefined && kind !== 'epic' && kind !== 'subtask';
}

/** Says how many rows stayed out because of their kind. */
export function leftOutCaveat(leftOut: number, all: number): string[] {
  const verb = ['is an epic or subtask', 'are epics or subtasks'] as const;
  return shareCaveat(leftOut, all, workItem, verb, 'and not counted.');
}
