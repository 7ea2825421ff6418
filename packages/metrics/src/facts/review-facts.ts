import type { PullRequestFactInput, PullRequestFacts } from '@adjutant/core/domain';
import { isHumanResponse, type TimelineEvent } from './pull-request-timeline.ts';

type ReviewFacts = Pick<
  PullRequestFacts,
  'reviewCount' | 'reviewerCount' | 'commentCount' | 'mergedWithoutReview'
>;

/**
 * Returns how much a pull request was reviewed by people other than its author, of its events up to
 * the end; everything is null where `events` is, because reviews are then not shown at all. What is
 * dated before the opening was said all the same, by a clock that was wrong. A review
 * counts whatever it said, also one that only comments or was dismissed later; a comment outside a
 * review is no review.
 */
export function reviewFacts(
  input: PullRequestFactInput,
  events: readonly TimelineEvent[] | null,
): ReviewFacts {
  if (events === null) {
    return {
      reviewCount: null,
      reviewerCount: null,
      commentCount: null,
      mergedWithoutReview: null,
    };
  }
  const answers = events.filter((event) => isHumanResponse(input, event));
  const reviews = answers.filter(({ kind }) => kind === 'review');
  return {
    reviewCount: reviews.length,
    reviewerCount: new Set(reviews.map(({ actorAccountExternalId }) => actorAccountExternalId))
      .size,
    commentCount: answers.length - reviews.length,
    mergedWithoutReview: withoutReview(input, events, reviews.length),
  };
}

function withoutReview(
  input: PullRequestFactInput,
  events: readonly TimelineEvent[],
  reviewCount: number,
): boolean | null {
  if (input.pullRequest.mergedAt === null) return null;
  if (reviewCount > 0) return false;
  // Somebody reviewed it, and who is not known: a colleague or the author.
  const byNobodyKnown = events.some(
    ({ kind, actorAccountExternalId }) => kind === 'review' && actorAccountExternalId === null,
  );
  return byNobodyKnown ? null : true;
}
