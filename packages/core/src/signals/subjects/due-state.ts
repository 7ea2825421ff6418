import { dayOf, instantOfLocal, nextDay } from '../../calendar/local-time.ts';
import type { WorkItemSubject } from '../../domain/signal-subjects/work-item-subject.ts';
import { changesOf, lastChange, valueAt } from './item-changes.ts';
import type { ItemStatus } from './status-stretches.ts';
import type { KnownItem } from './work-item-state.ts';

const dayMs = 86_400_000;
const dayPattern = /^\d{4}-\d{2}-\d{2}/;

type DueState = Pick<WorkItemSubject, 'dueDay' | 'overdueDays' | 'overdueSince' | 'metDueDay'>;

let lastToday = { asOf: Number.NaN, timeZone: '', day: '' };

/** All items of a pass are held against the same day. */
function today(asOf: number, timeZone: string): string {
  if (lastToday.asOf !== asOf || lastToday.timeZone !== timeZone) {
    lastToday = { asOf, timeZone, day: dayOf(asOf, timeZone) };
  }
  return lastToday.day;
}

/** Returns when an item was due, as of an instant, in the days of a zone. */
export function dueState(
  { row, changes }: Pick<KnownItem, 'row' | 'changes'>,
  { reopenedAfter }: ItemStatus,
  asOf: number,
  timeZone: string,
): DueState {
  const turns = changesOf(changes, 'duedate');
  const dueDay = dayPattern.exec(valueAt(turns, asOf, row.dueDay) ?? '')?.[0] ?? null;
  if (dueDay === null) {
    return { dueDay, overdueDays: null, overdueSince: null, metDueDay: false };
  }
  const overdueDays = Math.round((Date.parse(today(asOf, timeZone)) - Date.parse(dueDay)) / dayMs);
  const setAt = lastChange(turns, asOf)?.at ?? row.createdAt ?? 0;
  return {
    dueDay,
    overdueDays,
    overdueSince:
      overdueDays < 1 ? null : Math.max(setAt, instantOfLocal(nextDay(dueDay), '00:00', timeZone)),
    metDueDay: reopenedAfter.some((at) => dayOf(at, timeZone) <= dueDay),
  };
}
