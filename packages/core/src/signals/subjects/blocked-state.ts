import type { WorkItemSubject } from '../../domain/signal-subjects/work-item-subject.ts';
import type { ItemBlocker } from './item-blockers.ts';
import { changesOf, type ItemChanges, lastChange, valueAt } from './item-changes.ts';
import type { SprintStays } from './sprint-stays.ts';
import type { ItemStatus } from './status-stretches.ts';
import type { WorkItemRow } from './work-item-rows.ts';

/** Statuses that say that an item cannot go on. One that is on hold was put there on purpose. */
const blockedStatus = /\b(?:blocked|impeded|impediment|blockiert)\b/i;

interface Waiting {
  row: WorkItemRow;
  changes: ItemChanges;
  status: ItemStatus;
  stays: SprintStays;
  blockedBy: readonly ItemBlocker[];
  asOf: number;
}

type BlockedState = Pick<
  WorkItemSubject,
  'isFlagged' | 'blockedByKeys' | 'blockedByIds' | 'blockedSince'
>;

/** Returns what holds an item up, and since when at the latest. */
export function blockedState(item: Waiting): BlockedState {
  const { blockedBy, status } = item;
  const flaggedSince = flagged(item);
  const isStatusBlocked = blockedStatus.test(status.status ?? '');
  const instants = [
    flaggedSince,
    isStatusBlocked ? status.since : null,
    ...blockedBy.map((blocker) => waitedSince(item, blocker)),
  ].filter((at) => at !== null);
  return {
    isFlagged: flaggedSince !== null || isStatusBlocked,
    blockedByKeys: blockedBy.map(({ key }) => key),
    blockedByIds: blockedBy.map(({ id }) => id),
    blockedSince: instants.length === 0 ? null : Math.min(...instants),
  };
}

function flagged({ changes, asOf }: Waiting): number | null {
  const turns = changesOf(changes, 'flagged');
  const last = lastChange(turns, asOf);
  // Its source shows no flag but in changes: what it is now is what the last of them made it.
  const value = valueAt(turns, asOf, turns.at(-1)?.to ?? null);
  return last === null || value === null ? null : last.at;
}

/** No source tells when a link was made: nobody waited before both were there and this one was begun. */
function waitedSince({ row, status, stays }: Waiting, blocker: ItemBlocker): number | null {
  const begunAt = status.inProgressSince ?? stays.active?.since ?? row.createdAt;
  if (begunAt === null) return blocker.createdAt;
  return Math.max(begunAt, blocker.createdAt ?? begunAt);
}
