import type {
  PullRequestFactInput,
  PullRequestFacts,
  PullRequestFactsDefinition,
} from '@adjutant/core/domain';
import { classifyChange } from './changes/classify-change.ts';
import { activityFacts } from './facts/activity.ts';
import {
  endedAt,
  eventsToEnd,
  eventsWhileOpen,
  type Instant,
  isHumanResponse,
  openingBeforeEnd,
  span,
} from './facts/pull-request-timeline.ts';
import { reviewFacts } from './facts/review-facts.ts';
import { reworkRounds } from './facts/rework-rounds.ts';

/**
 * Computes the stages of one pull request: coding, pickup, review, deploy and what none of them
 * explains. Each is null where one of its ends is unknown or time would run backwards. Beside them
 * stand its size, how much it was reviewed and reworked, and how long nothing happened to it.
 */
export const pullRequestFacts: PullRequestFactsDefinition = {
  version: 5,
  compute(given: PullRequestFactInput): PullRequestFacts {
    const input = withoutEarlierClosing(given);
    const { pullRequest } = input;
    const { openedAt, mergedAt, closedAt, additions, deletions } = pullRequest;
    const events = eventsWhileOpen(input);
    const { isRevert, isHotfix } = classifyChange(pullRequest, input.takesBack);
    const deployedAt = input.deployment?.finishedAt ?? null;
    const firstCommitAt = knownFirstCommit(input);
    const respondedAt = firstHumanResponse(input);
    const codingEndedAt = endOfCoding(input, respondedAt);

    const codingMs = span(firstCommitAt, codingEndedAt);
    const pickupMs = span(codingEndedAt, respondedAt);
    const reviewMs = span(respondedAt, mergedAt);
    const deployMs = span(mergedAt, deployedAt);
    // A deployment from before the merge cannot have brought the merged change: no total then.
    const totalMs = deployMs === null ? null : span(startOfWork(input, firstCommitAt), deployedAt);
    const attributedMs = (codingMs ?? 0) + (pickupMs ?? 0) + (reviewMs ?? 0) + (deployMs ?? 0);

    return {
      source: pullRequest.source,
      pullRequestExternalId: pullRequest.externalId,
      repositoryExternalId: pullRequest.repositoryExternalId,
      factsVersion: pullRequestFacts.version,
      authorIsBot: input.authorIsBot,
      openedAt,
      mergedAt,
      closedAt,
      deployedAt,
      releasedAt: input.releasedAt,
      firstCommitAt,
      codingMs,
      pickupMs,
      reviewMs,
      mergeWaitMs: span(lastApproval(input), mergedAt),
      deployMs,
      totalMs,
      unattributedMs: totalMs === null ? null : totalMs - attributedMs,
      firstCommitToMergeMs: span(firstCommitAt, mergedAt),
      releaseWaitMs: span(mergedAt, input.releasedAt),
      isRevert,
      isHotfix,
      deploymentMethod: input.deployment?.method ?? null,
      sizeLines: additions === null || deletions === null ? null : additions + deletions,
      ...reviewFacts(input, eventsToEnd(input)),
      reworkRounds: reworkRounds(input, events),
      ...activityFacts(input, events),
    };
  },
};

/** What was reopened and is open again has not ended, though some sources keep the closing. */
function withoutEarlierClosing(input: PullRequestFactInput): PullRequestFactInput {
  const { pullRequest } = input;
  return pullRequest.state === 'open' && pullRequest.closedAt !== null
    ? { ...input, pullRequest: { ...pullRequest, closedAt: null } }
    : input;
}

/**
 * The earliest authored commit, where it can have been the first. One authored after the opening is
 * an amended commit; one authored at the instant of the merge, in a clone that shows no opening, is
 * the squash commit itself. Both hide the real first commit, which is then unknown.
 */
function knownFirstCommit(input: PullRequestFactInput): Instant {
  const { openedAt, mergedAt } = input.pullRequest;
  let first = input.pullRequest.firstCommitAt;
  for (const authoredAt of input.commitAuthoredAts) {
    if (authoredAt !== null && (first === null || authoredAt < first)) first = authoredAt;
  }
  if (first === null) return null;
  if (mergedAt !== null && first > mergedAt) return null;
  if (openedAt === null) return first === mergedAt ? null : first;
  return first > openedAt ? null : first;
}

/** Where the work began, as far as is known: the first commit or the opening, whichever is earlier. */
function startOfWork(input: PullRequestFactInput, firstCommitAt: Instant): Instant {
  // `knownFirstCommit` never lies after the opening.
  return firstCommitAt ?? openingBeforeEnd(input);
}

/** First review or comment by a human other than the author, between the opening and the end. */
function firstHumanResponse(input: PullRequestFactInput): Instant {
  const openedAt = openingBeforeEnd(input);
  if (openedAt === null) return null;
  const end = endedAt(input);
  let first: Instant = null;
  for (const event of input.events) {
    if (!isHumanResponse(input, event) || event.at < openedAt || event.at > end) continue;
    if (first === null || event.at < first) first = event.at;
  }
  return first;
}

/** Last ready-for-review before the first human response, else the opening. */
function endOfCoding(input: PullRequestFactInput, respondedAt: Instant): Instant {
  const { pullRequest } = input;
  const openedAt = openingBeforeEnd(input);
  if (openedAt === null) return null;
  const limit = respondedAt ?? endedAt(input);
  const readyAts = input.events.filter((event) => event.kind === 'ready_for_review');
  let last: Instant = null;
  for (const at of [pullRequest.readyAt, ...readyAts.map((event) => event.at)]) {
    if (at !== null && at >= openedAt && at <= limit && (last === null || at > last)) last = at;
  }
  if (last !== null) return last;
  // An open draft that nobody answered is still being written.
  const stillDraft = pullRequest.state === 'open' && pullRequest.isDraft === true;
  return stillDraft && respondedAt === null ? null : openedAt;
}

/** Last approval by a human other than the author, up to the merge. */
function lastApproval(input: PullRequestFactInput): Instant {
  const { openedAt, mergedAt } = input.pullRequest;
  if (openedAt === null || mergedAt === null) return null;
  let last: Instant = null;
  for (const event of input.events) {
    if (event.kind !== 'review' || event.state?.toLowerCase() !== 'approved') continue;
    if (!isHumanResponse(input, event) || event.at < openedAt || event.at > mergedAt) continue;
    if (last === null || event.at > last) last = event.at;
  }
  return last;
}
