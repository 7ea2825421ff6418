import type { WorkItem } from '../../domain/work-item.ts';
import { type ItemChange, lastChange, valueAt } from './item-changes.ts';

type Category = NonNullable<WorkItem['statusCategory']>;

/** What a status of a source means, as items that are in it show. */
export type StatusMeanings = ReadonlyMap<string, Category>;

/** How a work item stands at an instant. */
export interface ItemStatus {
  category: Category | 'unknown';
  status: string | null;
  since: number | null;
  /** Since when it is in progress without a break; null where it is not, or that is not known. */
  inProgressSince: number | null;
  /** When it was done, and was taken up again since, the earliest first. */
  reopenedAfter: number[];
}

interface Stated {
  statusCategory: WorkItem['statusCategory'];
  originalStatus: string | null;
  createdAt: number | null;
  startedAt: number | null;
}

/** Returns how an item stood at an instant, from all of its changes of status. */
export function statusAt(
  item: Stated,
  changes: readonly ItemChange[],
  at: number,
  meanings: StatusMeanings,
): ItemStatus {
  const status = valueAt(changes, at, item.originalStatus);
  const isPresent = changes.every((change) => change.at <= at);
  const meaning = (value: string | null) => (value === null ? undefined : meanings.get(value));
  const category = isPresent ? (item.statusCategory ?? 'unknown') : (meaning(status) ?? 'unknown');
  const seen = changes.filter((change) => change.at <= at);
  return {
    category,
    status,
    since: lastChange(changes, at)?.at ?? item.createdAt,
    inProgressSince: category === 'in_progress' ? progressSince(item, seen, meanings) : null,
    reopenedAfter: doneBefore(seen, meanings),
  };
}

/** Back to the first of the stretches in progress that follow one another up to the last. */
function progressSince(
  item: Stated,
  seen: readonly ItemChange[],
  meanings: StatusMeanings,
): number | null {
  let since: number | null = null;
  for (const { from, at } of seen.toReversed()) {
    since = at;
    if (from === null || meanings.get(from) !== 'in_progress') return since;
  }
  return since === null ? (item.startedAt ?? item.createdAt) : (item.createdAt ?? since);
}

function doneBefore(seen: readonly ItemChange[], meanings: StatusMeanings): number[] {
  const isDone = (value: string | null): boolean =>
    value !== null && meanings.get(value) === 'done';
  const done = seen.filter(({ from, to }) => isDone(to) && !isDone(from));
  const lastOpen = seen.findLast(({ from, to }) => isDone(from) && !isDone(to));
  return done.filter(({ at }) => lastOpen !== undefined && at <= lastOpen.at).map(({ at }) => at);
}
