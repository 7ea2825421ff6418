import type { PullRequestSubject } from '../../domain/signal-subjects/pull-request-subject.ts';
import type { ReviewEvent } from './review-events.ts';

export interface ReviewedRequest {
  state: 'open' | 'merged';
  isDraft: boolean;
  author: string | null;
  openedAt: number | null;
  readyAt: number | null;
}

export interface ReviewState
  extends Pick<
    PullRequestSubject,
    | 'isDraft'
    | 'lastActivityAt'
    | 'waitingFor'
    | 'waitingSince'
    | 'reviewCount'
    | 'approvalCount'
    | 'changesRequestedCount'
    | 'requestedReviewerCount'
  > {
  /** Ids of the events that it follows from. */
  evidence: string[];
}

const mostEvidence = 200;

/**
 * Returns whose turn it is and since when. It is the author's while somebody's last verdict asks for
 * changes, or somebody commented, and the author has neither answered nor pushed since; it is time to
 * merge once somebody approved and nobody asks for changes; else it waits for review: since it was
 * ready, or since the author's last answer, whichever is later. Programs have no turn.
 */
export function reviewState(request: ReviewedRequest, events: readonly ReviewEvent[]): ReviewState {
  // Who asks for a review may be a rule of the source; whose name stands on a commit may be unknown.
  const people = events.filter(({ isByBot, kind }) => !isByBot || ofAnybody.has(kind));
  const verdicts = lastVerdicts(request, people);
  const requested = requestedReviewers(people);
  const counts = {
    approvalCount: verdicts.filter(({ state }) => state === 'approved').length,
    changesRequestedCount: verdicts.filter(({ state }) => state === 'changes_requested').length,
    requestedReviewerCount: requested.size,
  };
  const isDraft = draftAt(request, people);
  const told = {
    isDraft,
    lastActivityAt: Math.max(request.openedAt ?? 0, people.at(-1)?.at ?? 0) || null,
    reviewCount: people.filter(({ kind, actor }) => kind === 'review' && actor !== request.author)
      .length,
    ...counts,
    evidence: people.slice(-mostEvidence).flatMap(({ id }) => id ?? []),
  };
  if (request.state !== 'open' || isDraft) {
    return { waitingFor: 'nobody', waitingSince: null, ...told };
  }
  return { ...turn(request, people, verdicts), ...told };
}

/** As the last of its turns says; as its source says where it never turned. */
function draftAt(request: ReviewedRequest, people: readonly ReviewEvent[]): boolean {
  const last = people.findLast(
    ({ kind }) => kind === 'ready_for_review' || kind === 'converted_to_draft',
  );
  return last === undefined ? request.isDraft : last.kind === 'converted_to_draft';
}

function turn(
  request: ReviewedRequest,
  people: readonly ReviewEvent[],
  verdicts: readonly ReviewEvent[],
): Pick<ReviewState, 'waitingFor' | 'waitingSince'> {
  // Whoever puts a commit on the branch moves the author's part on.
  const isAuthors = ({ actor, kind }: ReviewEvent): boolean =>
    kind === 'commit' || (actor !== null && actor === request.author);
  const authorAt = lastOf(people, (event) => isAuthors(event) && !passive.has(event.kind));
  const answer = people.findLast(
    (event) => !isAuthors(event) && (event.kind === 'review' || event.kind === 'comment'),
  );
  const asking = verdicts.filter(({ state }) => state === 'changes_requested');
  const askedAt = asking.reduce((last, { at }) => Math.max(last, at), 0);
  const start = Math.max(request.readyAt ?? 0, request.openedAt ?? 0) || null;
  if (askedAt > (authorAt ?? 0)) return { waitingFor: 'author', waitingSince: askedAt };
  const approvals = verdicts.filter(({ state }) => state === 'approved');
  if (approvals.length > 0 && asking.length === 0) {
    const since = approvals.reduce((first, { at }) => Math.min(first, at), Number.MAX_SAFE_INTEGER);
    return { waitingFor: 'merge', waitingSince: since };
  }
  if (answer !== undefined && answer.at > (authorAt ?? start ?? 0)) {
    return { waitingFor: 'author', waitingSince: answer.at };
  }
  const since = Math.max(start ?? 0, answer === undefined ? 0 : (authorAt ?? 0)) || null;
  return { waitingFor: 'review', waitingSince: since };
}

const ofAnybody: ReadonlySet<ReviewEvent['kind']> = new Set([
  'review_requested',
  'review_request_removed',
  'commit',
]);

/** What an author does without bringing the review further. */
const passive: ReadonlySet<ReviewEvent['kind']> = new Set([
  'review_request_removed',
  'converted_to_draft',
  'closed',
]);

function lastOf(
  events: readonly ReviewEvent[],
  matches: (event: ReviewEvent) => boolean,
): number | null {
  return events.findLast(matches)?.at ?? null;
}

/** The last verdict of each person other than the author; one that was dismissed is none. */
function lastVerdicts(request: ReviewedRequest, people: readonly ReviewEvent[]): ReviewEvent[] {
  const byReviewer = new Map<string, ReviewEvent>();
  for (const event of people) {
    if (event.kind === 'review_dismissed') {
      if (event.subject !== null) byReviewer.delete(event.subject);
      continue;
    }
    if (event.kind !== 'review' || event.actor === null || event.actor === request.author) continue;
    if (event.state !== 'approved' && event.state !== 'changes_requested') continue;
    byReviewer.set(event.actor, event);
  }
  return [...byReviewer.values()];
}

/** Who is asked and has not answered since. */
function requestedReviewers(people: readonly ReviewEvent[]): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const { kind, subject, actor } of people) {
    if (kind === 'review_requested' && subject !== null) asked.add(subject);
    else if (kind === 'review_request_removed' && subject !== null) asked.delete(subject);
    else if (kind === 'review' && actor !== null) asked.delete(actor);
  }
  return asked;
}
