import type { PullRequestFactInput } from '@adjutant/core/domain';
import { endedAt, isHumanResponse, type TimelineEvent } from './pull-request-timeline.ts';

/**
 * Returns how many rounds of rework there were, up to the end. A round is one or more calls for
 * changes with new work after them and before the next call. Calls are a review by a person other
 * than the author that requests changes, and the taking back of an approval; new work is a commit
 * authored later, or a force-push. Two reviewers who both ask before the next commit make one round;
 * a call that nothing followed makes none, and so does work that nobody asked for. A force-push that
 * only moves the branch onto a newer base looks like work, and a commit keeps the instant at which it
 * was authored, so one written before the call and pushed after it is not seen. Null where `events`
 * is, and where a call is followed by nothing and no commit of the pull request is known: it has
 * some, and whether one followed cannot be told.
 */
export function reworkRounds(
  input: PullRequestFactInput,
  events: readonly TimelineEvent[] | null,
): number | null {
  if (events === null) return null;
  const calls = events.filter((event) => callsForChanges(input, event, events));
  const workAts = newWork(input, events);
  let rounds = 0;
  let next = 0;
  for (const [position, call] of calls.entries()) {
    while (next < workAts.length && (workAts[next] ?? 0) <= call.at) next += 1;
    const work = workAts[next];
    if (work === undefined) break;
    const following = calls[position + 1];
    if (following === undefined || work <= following.at) rounds += 1;
  }
  // With a round for each call, no commit could add another.
  const showsWork = input.commitAuthoredAts.some((at) => at !== null);
  return showsWork || rounds === calls.length ? rounds : null;
}

function callsForChanges(
  input: PullRequestFactInput,
  event: TimelineEvent,
  events: readonly TimelineEvent[],
): boolean {
  if (event.kind === 'review_dismissed') return stateOf(event) === 'approved';
  if (event.kind !== 'review' || !isHumanResponse(input, event)) return false;
  const state = stateOf(event);
  if (state === 'changes_requested') return true;
  if (state !== 'dismissed') return false;
  // A dismissed review no longer says what it asked; the dismissal does.
  const dismissal = events.find(
    ({ kind, subjectAccountExternalId, at }) =>
      kind === 'review_dismissed' &&
      subjectAccountExternalId === event.actorAccountExternalId &&
      at >= event.at,
  );
  return dismissal !== undefined && stateOf(dismissal) === 'changes_requested';
}

/** When new work came, earliest first. */
function newWork(input: PullRequestFactInput, events: readonly TimelineEvent[]): number[] {
  const end = endedAt(input);
  const pushes = events.flatMap(({ kind, at }) => (kind === 'force_pushed' ? [at] : []));
  const commits = input.commitAuthoredAts.flatMap((at) => (at !== null && at <= end ? [at] : []));
  return [...pushes, ...commits].toSorted((left, right) => left - right);
}

function stateOf({ state }: TimelineEvent): string {
  return state?.toLowerCase() ?? '';
}
