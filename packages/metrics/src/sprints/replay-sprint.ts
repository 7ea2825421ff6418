import type {
  SprintAmount,
  SprintFigures,
  SprintReplayInput,
  StatusMeaning,
  Window,
} from '@adjutant/core/domain';
import { createItemHistory } from './item-history.ts';
import { judgeItem, type JudgedItem } from './judge-item.ts';
import {
  amountOf,
  netChange,
  reEstimatedAmount,
  shareOf,
  unknownShare,
  usesPoints,
} from './sprint-amounts.ts';
import { sprintCaveats } from './sprint-caveats.ts';

type Progress = SprintFigures['progress'];
type Amounts = Pick<
  SprintFigures,
  | 'commitment'
  | 'added'
  | 'removed'
  | 'reEstimated'
  | 'completed'
  | 'plannedCompleted'
  | 'carryOver'
  | 'plannedCarryOver'
  | 'velocity'
>;
type Shares = Pick<
  SprintFigures,
  | 'reliability'
  | 'capacityAccuracy'
  | 'addedShare'
  | 'removedShare'
  | 'reEstimatedShare'
  | 'netChangeShare'
  | 'carryOverShare'
>;

const unknownAmounts: Amounts = {
  commitment: null,
  added: null,
  removed: null,
  reEstimated: null,
  completed: null,
  plannedCompleted: null,
  carryOver: null,
  plannedCarryOver: null,
  velocity: null,
};
const unknownShares: Shares = {
  reliability: unknownShare,
  capacityAccuracy: unknownShare,
  addedShare: unknownShare,
  removedShare: unknownShare,
  reEstimatedShare: unknownShare,
  netChangeShare: unknownShare,
  carryOverShare: unknownShare,
};

/**
 * Returns the figures of one sprint, replayed from what changed: which items were in it, how large
 * they were estimated and whether they were done, at its start and at its end. A running sprint ends
 * now. A change at the very start belongs to what was planned; one at the very end is after it,
 * because a tool that closes a sprint moves what is left at that instant.
 */
export function replaySprint(input: SprintReplayInput): SprintFigures {
  const { progress, window } = extentOf(input);
  if (window === null) {
    return unknownFigures(progress, window, sprintCaveats({ input, progress, window, items: [] }));
  }
  const span = {
    sprintExternalId: input.sprint.externalId,
    startAt: window.from,
    endAt: progress === 'so_far' ? window.to : Math.max(window.from, window.to - 1),
  };
  const meaningOf = meanings(input.statuses);
  const items = input.items
    .map((item) => judgeItem(createItemHistory(item, meaningOf), span))
    .filter((item) => item !== null)
    .toSorted((one, other) => (one.externalId < other.externalId ? -1 : 1));
  const caveats = sprintCaveats({ input, progress, window, items });
  return input.hasChangelog
    ? replayed(items, progress, window, caveats)
    : fromPresentState(items, progress, window, caveats);
}

/** A status that stands for done in some items stands for done. */
function meanings(statuses: readonly StatusMeaning[]): Map<string, StatusMeaning['category']> {
  const meaningOf = new Map<string, StatusMeaning['category']>();
  for (const { status, category } of statuses) {
    if (meaningOf.get(status) !== 'done') meaningOf.set(status, category);
  }
  return meaningOf;
}

function extentOf({ sprint, now }: SprintReplayInput): {
  progress: Progress;
  window: Window | null;
} {
  const { state, startedAt, completedAt, plannedEndAt } = sprint;
  if (startedAt === null || state === 'future' || startedAt > now) {
    return { progress: state === 'closed' ? 'unknown_end' : 'not_started', window: null };
  }
  if (state === 'active') return { progress: 'so_far', window: { from: startedAt, to: now } };
  const to = completedAt ?? plannedEndAt;
  if (to === null || to <= startedAt) return { progress: 'unknown_end', window: null };
  return { progress: 'final', window: { from: startedAt, to } };
}

function unknownFigures(
  progress: Progress,
  window: Window | null,
  caveats: string[],
): SprintFigures {
  return { progress, window, ...unknownAmounts, ...unknownShares, items: [], caveats };
}

function replayed(
  items: readonly JudgedItem[],
  progress: Progress,
  window: Window,
  caveats: string[],
): SprintFigures {
  const amounts = amountsOf(items, progress);
  const { commitment, added, removed, reEstimated, completed } = amounts;
  const shares: Shares = {
    reliability: shareOf(amounts.plannedCompleted, commitment),
    capacityAccuracy: shareOf(completed, commitment),
    addedShare: shareOf(added, commitment),
    removedShare: shareOf(removed, commitment),
    reEstimatedShare: shareOf(reEstimated, commitment),
    netChangeShare: shareOf(netChange(added, removed, reEstimated), commitment),
    carryOverShare: shareOf(amounts.plannedCarryOver, commitment),
  };
  return { progress, window, ...amounts, ...shares, items: items.map(toOutcome), caveats };
}

function amountsOf(
  items: readonly JudgedItem[],
  progress: Progress,
): Record<Exclude<keyof Amounts, 'velocity'>, SprintAmount> & Pick<Amounts, 'velocity'> {
  const counting = items.filter(({ scope }) => scope !== 'not_counted');
  const isInPoints = usesPoints(counting);
  const planned = counting.filter(({ scope }) => scope === 'planned');
  const ending = (outcome: JudgedItem['outcome'], of = counting) =>
    of.filter((item) => item.outcome === outcome);
  const then = (some: readonly JudgedItem[]) => amountOf(some, 'pointsThen', isInPoints);
  const completed = amountOf(ending('completed'), 'pointsAtEnd', isInPoints);
  return {
    commitment: then(planned),
    added: then(counting.filter(({ scope }) => scope === 'added')),
    removed: then(ending('removed')),
    reEstimated: reEstimatedAmount(counting, isInPoints),
    completed,
    plannedCompleted: then(ending('completed', planned)),
    carryOver: amountOf(ending('carried_over'), 'pointsAtEnd', isInPoints),
    plannedCarryOver: then(ending('carried_over', planned)),
    velocity: progress === 'final' ? completed : null,
  };
}

/** Without a changelog nobody knows what was planned: only what was done meanwhile can be told. */
function fromPresentState(
  items: readonly JudgedItem[],
  progress: Progress,
  window: Window,
  caveats: string[],
): SprintFigures {
  const done = items.filter(({ outcome }) => outcome === 'completed');
  const completed = amountOf(done, 'pointsAtEnd', usesPoints(done));
  return {
    ...unknownFigures(progress, window, caveats),
    completed,
    velocity: progress === 'final' ? completed : null,
    items: items.map((item) => ({ ...toOutcome(item), scope: 'unknown' })),
  };
}

function toOutcome(item: JudgedItem): SprintFigures['items'][number] {
  const { externalId, scope, outcome, pointsThen, pointsAtEnd } = item;
  return { externalId, scope, outcome, pointsThen, pointsAtEnd };
}
