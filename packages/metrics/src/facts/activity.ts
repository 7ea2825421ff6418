import type { PullRequestFactInput, PullRequestFacts } from '@adjutant/core/domain';
import { dayMs } from '../week-buckets.ts';
import { endedAt, openingBeforeEnd, type TimelineEvent } from './pull-request-timeline.ts';

/** What only answers or asks: from a bot, nobody has turned to the pull request. */
const answers: ReadonlySet<TimelineEvent['kind']> = new Set([
  'review',
  'comment',
  'review_requested',
  'review_request_removed',
  'review_dismissed',
]);

/**
 * Returns how long nothing happened to a pull request, and when something last did. An act is the
 * opening, a commit authored since, a force-push, an answer or request by a person (the author's own
 * too, a bot's not), a change of its state, and the end. `idleMs` sums the stretches of more than 24
 * hours between two acts, whole, weekends included; while it was a draft or closed nobody was asked
 * to act, so those times are left out. It is null while the pull request is open, where no opening is
 * known and where it was a draft all the time.
 */
export function activityFacts(
  input: PullRequestFactInput,
  events: readonly TimelineEvent[] | null,
): Pick<PullRequestFacts, 'idleMs' | 'lastActivityAt'> {
  const end = endedAt(input);
  const endAt = end === Number.POSITIVE_INFINITY ? null : end;
  const openedAt = openingBeforeEnd(input);
  if (events === null || openedAt === null) return { idleMs: null, lastActivityAt: endAt };
  const acts = events.filter((event) => !isAnswerOfBot(event));
  const ats = [
    openedAt,
    ...input.commitAuthoredAts.filter((at) => at !== null && at > openedAt && at <= end),
    ...acts.map(({ at }) => at),
    ...turns(input, events, openedAt).map(({ at }) => at),
    ...(endAt === null ? [] : [endAt]),
  ].filter((at) => at !== null);
  return {
    idleMs: endAt === null ? null : idleTime(ats, turns(input, events, openedAt)),
    lastActivityAt: ats.reduce((last, at) => Math.max(last, at), openedAt),
  };
}

/** An instant from which the pull request waited for others, or did not. */
interface Turn {
  at: number;
  waits: boolean;
}

const waitsAfter: Partial<Record<TimelineEvent['kind'], boolean>> = {
  ready_for_review: true,
  converted_to_draft: false,
};

/** Where it turned from draft to ready, from closed to open, or back; the opening is the first. */
function turns(
  input: PullRequestFactInput,
  events: readonly TimelineEvent[],
  openedAt: number,
): Turn[] {
  const { readyAt } = input.pullRequest;
  const firstMark = events.find(({ kind }) => waitsAfter[kind] !== undefined);
  // Without a mark of its own, the ready instant says how long it was a draft.
  const readyLater = readyAt !== null && readyAt > openedAt && readyAt <= endedAt(input);
  let draft =
    firstMark === undefined
      ? readyLater || input.pullRequest.isDraft === true
      : firstMark.kind === 'ready_for_review';
  let closed = false;
  const marks: { at: number; kind: TimelineEvent['kind'] }[] = [...events];
  if (firstMark === undefined && readyLater) marks.push({ at: readyAt, kind: 'ready_for_review' });
  const found: Turn[] = [{ at: openedAt, waits: !draft }];
  for (const { at, kind } of marks.toSorted((left, right) => left.at - right.at)) {
    if (kind === 'closed' || kind === 'reopened') closed = kind === 'closed';
    else if (waitsAfter[kind] !== undefined) draft = !waitsAfter[kind];
    else continue;
    found.push({ at, waits: !draft && !closed });
  }
  return found;
}

/** The stretches of more than a day in which it waited; null where it never waited for anybody. */
function idleTime(ats: readonly number[], found: readonly Turn[]): number | null {
  if (!found.some(({ waits }) => waits)) return null;
  const ordered = ats.toSorted((left, right) => left - right);
  let idle = 0;
  let next = 0;
  let waits = false;
  for (const [position, at] of ordered.entries()) {
    while (next < found.length && (found[next]?.at ?? 0) <= at) {
      waits = found[next]?.waits ?? waits;
      next += 1;
    }
    const stretch = (ordered[position + 1] ?? at) - at;
    if (waits && stretch > dayMs) idle += stretch;
  }
  return idle;
}

function isAnswerOfBot(event: TimelineEvent): boolean {
  // Of an actor whom nobody knows it is not said that it is a bot, though it is no known person.
  return event.actorIsBot && event.actorAccountExternalId !== null && answers.has(event.kind);
}
