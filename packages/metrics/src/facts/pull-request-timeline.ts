import type { PullRequestFactInput } from '@adjutant/core/domain';

export type Instant = number | null;
export type TimelineEvent = PullRequestFactInput['events'][number];

/** The length from one instant to another; null where either is unknown or time would run backwards. */
export function span(from: Instant, to: Instant): number | null {
  return from === null || to === null || to < from ? null : to - from;
}

/** When the pull request stopped waiting for anybody: its merge, else its closing, else never yet. */
export function endedAt({ pullRequest }: PullRequestFactInput): number {
  return pullRequest.mergedAt ?? pullRequest.closedAt ?? Number.POSITIVE_INFINITY;
}

/** The opening; null where it is unknown or dated after the end. */
export function openingBeforeEnd(input: PullRequestFactInput): Instant {
  const { openedAt } = input.pullRequest;
  return openedAt !== null && openedAt <= endedAt(input) ? openedAt : null;
}

/** A review or comment by a human who is known, and is not the author. */
export function isHumanResponse(input: PullRequestFactInput, event: TimelineEvent): boolean {
  if (event.kind !== 'review' && event.kind !== 'comment') return false;
  const actor = event.actorAccountExternalId;
  // An actor nobody knows cannot be said to be a human other than the author.
  if (actor === null || event.actorIsBot) return false;
  return actor !== input.pullRequest.authorAccountExternalId;
}

/**
 * The events from the opening to the end, each once, earliest first; null where no opening is known.
 * A source that shows openings is a forge, which shows events too: none is then a true none. A clone
 * shows merges alone, and of its pull requests nobody can say whether there was a review.
 */
export function eventsWhileOpen(input: PullRequestFactInput): TimelineEvent[] | null {
  const openedAt = openingBeforeEnd(input);
  return eventsToEnd(input)?.filter(({ at }) => openedAt !== null && at >= openedAt) ?? null;
}

/**
 * The same, with those that are dated before the opening: nothing can be answered before it is there,
 * so they happened, and only the clock that dated them was wrong.
 */
export function eventsToEnd(input: PullRequestFactInput): TimelineEvent[] | null {
  if (openingBeforeEnd(input) === null) return null;
  const end = endedAt(input);
  const byId = new Map<string, TimelineEvent>();
  for (const event of input.events) if (event.at <= end) byId.set(event.externalId, event);
  return [...byId.values()].toSorted(
    (left, right) => left.at - right.at || (left.externalId < right.externalId ? -1 : 1),
  );
}
