import type { SprintItemOutcome } from '@adjutant/core/domain';
import type { ItemHistory } from './item-history.ts';

/** The two instants between which an item is judged. Both include the changes made at them. */
export interface SprintSpan {
  sprintExternalId: string;
  startAt: number;
  endAt: number;
}

/** What became of an item, and what has to be said about it beside the figures. */
export interface JudgedItem extends SprintItemOutcome {
  /** It left the sprint and was in it again at the end. */
  cameBack: boolean;
  /** It was done within the sprint and was not at the end. */
  wasReopened: boolean;
  /** A status that a figure rests on and whose category nobody knows. */
  unknownStatuses: readonly string[];
  /** When it was done for good; null where it is not, or only its last state is known. */
  doneAt: number | null;
}

type Fate = Pick<SprintItemOutcome, 'scope' | 'outcome'> & {
  /** Since when it counts: its estimate then is what was taken on. */
  countedSince: number;
};

/** Returns what became of an item between two instants; null where it was not in the sprint then. */
export function judgeItem(history: ItemHistory, span: SprintSpan): JudgedItem | null {
  const { endAt } = span;
  const fate = fateOf(history, span);
  if (fate === null) return null;
  const { scope, outcome, countedSince } = fate;
  const pointsThen = history.pointsAt(countedSince);
  const stays = outcome === 'completed' || outcome === 'carried_over';
  return {
    externalId: history.item.externalId,
    scope,
    outcome,
    pointsThen,
    pointsAtEnd: stays ? history.pointsAt(endAt) : pointsThen,
    cameBack: stays && leavings(history, span) > 0,
    wasReopened: outcome === 'carried_over' && wasDone(history, countedSince, endAt),
    unknownStatuses: [...new Set([countedSince, endAt])].flatMap((at) =>
      history.donenessAt(at) === 'unknown' ? [history.statusAt(at) ?? ''] : [],
    ),
    doneAt: outcome === 'completed' ? lastDoneAt(history, endAt) : null,
  };
}

function fateOf(history: ItemHistory, span: SprintSpan): Fate | null {
  const { sprintExternalId, startAt, endAt } = span;
  const isIn = (at: number) => history.isIn(sprintExternalId, at);
  const inAtEnd = isIn(endAt);
  if (isIn(startAt)) {
    if (history.donenessAt(startAt) === 'done') return doneBefore(history, startAt, endAt, inAtEnd);
    const outcome = inAtEnd ? outcomeAt(history, endAt) : 'removed';
    return { scope: 'planned', outcome, countedSince: startAt };
  }
  const entries = history.sprintInstants.filter(
    (at) => at > startAt && at <= endAt && isIn(at) && !isIn(at - 1),
  );
  const cameAt = entries.at(-1);
  if (cameAt === undefined) return null;
  if (!inAtEnd) return { scope: 'not_counted', outcome: 'came_and_went', countedSince: cameAt };
  if (history.donenessAt(cameAt) === 'done') return doneBefore(history, cameAt, endAt, inAtEnd);
  return { scope: 'added', outcome: outcomeAt(history, endAt), countedSince: cameAt };
}

/** Work that was done when it came in is no work of this sprint, unless it was reopened in it. */
function doneBefore(history: ItemHistory, since: number, endAt: number, inAtEnd: boolean): Fate {
  const reopenedAt = history.statusInstants.findLast(
    (at) =>
      at > since &&
      at <= endAt &&
      history.donenessAt(at) !== 'done' &&
      history.donenessAt(at - 1) === 'done',
  );
  return inAtEnd && reopenedAt !== undefined && history.donenessAt(endAt) !== 'done'
    ? { scope: 'added', outcome: 'carried_over', countedSince: reopenedAt }
    : { scope: 'not_counted', outcome: 'done_before', countedSince: since };
}

function outcomeAt(history: ItemHistory, at: number): 'completed' | 'carried_over' {
  return history.donenessAt(at) === 'done' ? 'completed' : 'carried_over';
}

function leavings(history: ItemHistory, { sprintExternalId, startAt, endAt }: SprintSpan): number {
  return history.sprintInstants.filter(
    (at) =>
      at > startAt &&
      at <= endAt &&
      !history.isIn(sprintExternalId, at) &&
      history.isIn(sprintExternalId, at - 1),
  ).length;
}

/** Also of an item that counts only because it was reopened. */
function wasDone(history: ItemHistory, since: number, endAt: number): boolean {
  return history.statusInstants.some(
    (at) =>
      at >= since &&
      at <= endAt &&
      history.donenessAt(at - 1) === 'done' &&
      history.donenessAt(at) !== 'done',
  );
}

function lastDoneAt(history: ItemHistory, endAt: number): number | null {
  if (history.statusInstants.length === 0) return history.item.doneAt;
  const at = history.statusInstants.findLast(
    (instant) =>
      instant <= endAt &&
      history.donenessAt(instant) === 'done' &&
      history.donenessAt(instant - 1) !== 'done',
  );
  return at ?? null;
}
