import type {
  TwinChangedFile,
  TwinIssue,
  TwinPullRequest,
  TwinReview,
  TwinReviewRequest,
  TwinTeam,
} from '../../data/records.ts';
import { connection } from '../connection.ts';
import { dateTime, fieldsOf, unknownFields } from '../field-table.ts';
import { opaqueId } from '../node-id.ts';
import type { TwinPullRequestCommit } from './commit.ts';
import { orderedPlace, subjectUrl } from './shared.ts';
import { associationOf, threadFields } from './thread.ts';

function lastOpinions(request: TwinPullRequest): Map<number, TwinReview> {
  const opinions = new Map<number, TwinReview>();
  for (const review of request.reviews) {
    if (review.author === null || review.state === 'COMMENTED') continue;
    opinions.set(review.author.id, review);
  }
  return opinions;
}

/** What GitHub would say where a review is required. */
function decisionOf(request: TwinPullRequest): string {
  const states = new Set([...lastOpinions(request).values()].map(({ state }) => state));
  if (states.has('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  return states.has('APPROVED') ? 'APPROVED' : 'REVIEW_REQUIRED';
}

const fileList = connection<TwinPullRequest, TwinChangedFile>({
  items: ({ files }) => files ?? [],
});

export const changedFileFields = fieldsOf<TwinChangedFile>({
  path: ({ path }) => path,
  changeType: ({ changeType }) => changeType,
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
});

export const pullRequestFields = fieldsOf<TwinPullRequest>({
  ...threadFields,
  isDraft: ({ isDraft }) => isDraft,
  merged: ({ state }) => state === 'MERGED',
  mergedAt: ({ mergedAt }) => dateTime(mergedAt),
  mergedBy: ({ mergedBy, id }, _, context) => context.actorOf(mergedBy, `merge of ${id}`),
  mergeCommit: ({ mergeCommit }) => mergeCommit,
  headRefName: ({ headRefName }) => headRefName,
  headRefOid: ({ commits }) => commits.at(-1)?.oid ?? '0'.repeat(40),
  baseRefName: ({ baseRefName }) => baseRefName,
  baseRefOid: ({ baseRefOid }) => baseRefOid,
  headRepository: ({ repository }) => repository,
  headRepositoryOwner: ({ repository }) => repository.owner,
  baseRepository: ({ repository }) => repository,
  isCrossRepository: () => false,
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  changedFiles: ({ changedFiles }) => changedFiles,
  reviewDecision: decisionOf,
  totalCommentsCount: ({ comments, reviews }) =>
    comments.length + reviews.reduce((sum, { commentCount }) => sum + commentCount, 0),
  isInMergeQueue: () => false,
  mergeable: ({ hasConflicts }) => (hasConflicts ? 'CONFLICTING' : 'MERGEABLE'),
  files: {
    accepts: fileList.accepts,
    // Null is an answer of GitHub's too: where it has not compared yet.
    resolve: (request, args, context) =>
      request.files === null ? null : fileList.resolve(request, args, context),
  },
  ...unknownFields('headRef', 'autoMergeRequest', 'mergeQueueEntry', 'potentialMergeCommit'),
  commits: connection<TwinPullRequest, TwinPullRequestCommit>({
    items: (pullRequest) =>
      pullRequest.commits.map((commit) => ({ type: 'PullRequestCommit', commit, pullRequest })),
  }),
  reviews: connection<TwinPullRequest, TwinReview>({
    accepts: ['states'],
    items: ({ reviews }, { states }) =>
      reviews.filter(
        ({ state }) => states === null || states === undefined || states.includes(state),
      ),
    place: ({ submittedAt, id }) => [submittedAt, id],
  }),
  latestReviews: connection<TwinPullRequest, TwinReview>({
    items: (request) => [...lastOpinions(request).values()],
  }),
  reviewRequests: connection<TwinPullRequest, TwinReviewRequest>({
    items: ({ reviewRequests }) => reviewRequests,
  }),
  closingIssuesReferences: connection<TwinPullRequest, TwinIssue>({
    orders: ['CREATED_AT', 'UPDATED_AT'],
    items: ({ closingIssues }) => closingIssues,
    place: orderedPlace,
  }),
});

export const reviewFields = fieldsOf<TwinReview>({
  id: ({ id }) => opaqueId('PullRequestReview', id),
  databaseId: ({ id }) => id,
  fullDatabaseId: ({ id }) => String(id),
  author: ({ author, id }, _, context) => context.actorOf(author, `PullRequestReview ${id}`),
  authorAssociation: ({ author }) => associationOf(author),
  state: ({ state }) => state,
  body: ({ body }) => body,
  bodyText: ({ body }) => body,
  submittedAt: ({ submittedAt }) => dateTime(submittedAt),
  createdAt: ({ submittedAt }) => dateTime(submittedAt),
  publishedAt: ({ submittedAt }) => dateTime(submittedAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  commit: ({ commit }) => commit,
  pullRequest: ({ pullRequest }) => pullRequest,
  repository: ({ pullRequest }) => pullRequest.repository,
  url: ({ id, pullRequest }, _, context) =>
    `${subjectUrl(pullRequest, context)}#pullrequestreview-${id}`,
  ...unknownFields('editor', 'lastEditedAt', 'minimizedReason'),
  isMinimized: () => false,
  onBehalfOf: connection<TwinReview, TwinTeam>({ items: () => [] }),
  // Remarks on lines are counted and not held: their number is all that can be asked for.
  comments: connection<TwinReview, null>({
    items: ({ commentCount }) => Array.from({ length: commentCount }, () => null),
  }),
});

export const reviewRequestFields = fieldsOf<TwinReviewRequest>({
  id: ({ id }) => opaqueId('ReviewRequest', id),
  databaseId: ({ id }) => id,
  asCodeOwner: ({ asCodeOwner }) => asCodeOwner,
  pullRequest: ({ pullRequest }) => pullRequest,
  requestedReviewer: ({ reviewer, id }, _, context) =>
    context.actorOf(reviewer, `ReviewRequest ${id}`),
});
