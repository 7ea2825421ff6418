import { z } from 'zod';
import { readMessage } from '../../commits/message.ts';
import type { Who } from '../map/account-payload.ts';
import { type PartName, partNames, type PullRequestPayload } from '../map/pull-request-payload.ts';
import { revertsNumber } from '../map/reverts.ts';
import type { NodeKind } from '../reading/node-kind.ts';
import {
  connectionOf,
  fullId,
  graphqlWhoSchema,
  idOf,
  listOf,
  text,
  whoOfGraphql,
} from './graphql-shapes.ts';

const eventTypes = [
  'ReadyForReviewEvent',
  'ConvertToDraftEvent',
  'HeadRefForcePushedEvent',
  'ReviewRequestedEvent',
  'ReviewRequestRemovedEvent',
  'ReviewDismissedEvent',
  'ClosedEvent',
  'ReopenedEvent',
] as const;

const reviewSchema = z.object({
  ...fullId,
  state: z.string(),
  submittedAt: text,
  author: graphqlWhoSchema,
});
const commentSchema = z.object({ ...fullId, createdAt: text, author: graphqlWhoSchema });
const gitActorSchema = z.object({ name: text, email: text, user: graphqlWhoSchema }).nullish();
const commitSchema = z.object({
  commit: z.object({
    oid: z.string(),
    authoredDate: text,
    committedDate: text,
    message: text,
    author: gitActorSchema,
  }),
});
const reviewerSchema = z.union([graphqlWhoSchema, z.object({ type: z.literal('Team') })]);
const eventSchema = z.object({
  type: z.string(),
  id: z.string(),
  createdAt: text,
  actor: graphqlWhoSchema,
  requestedReviewer: reviewerSchema.nullish(),
  previousReviewState: text,
  review: z.object({ author: graphqlWhoSchema }).nullish(),
});

const pullRequestNodeSchema = z.object({
  id: z.string(),
  ...fullId,
  number: z.number().int(),
  title: z.string(),
  body: text,
  state: z.string(),
  isDraft: z.boolean().nullish(),
  createdAt: text,
  updatedAt: text,
  closedAt: text,
  mergedAt: text,
  baseRefName: text,
  headRefName: text,
  headRefOid: text,
  additions: z.number().int().nullish(),
  deletions: z.number().int().nullish(),
  changedFiles: z.number().int().nullish(),
  author: graphqlWhoSchema,
  mergedBy: graphqlWhoSchema,
  baseRepository: z.object({ nameWithOwner: text }).nullish(),
  mergeCommit: z
    .object({
      oid: z.string(),
      messageHeadline: text,
      parents: z.object({ totalCount: z.number() }).nullish(),
    })
    .nullish(),
  labels: connectionOf(z.object({ name: z.string() })),
  closingIssuesReferences: connectionOf(z.object(fullId)),
  reviews: connectionOf(reviewSchema),
  comments: connectionOf(commentSchema),
  commits: connectionOf(commitSchema),
  timelineItems: connectionOf(eventSchema),
});
export type PullRequestNode = z.infer<typeof pullRequestNodeSchema>;

/** Name of the record's part for each nested connection. */
const partByField: Readonly<Record<string, PartName>> = {
  labels: 'labels',
  closingIssuesReferences: 'issues',
  reviews: 'reviews',
  comments: 'comments',
  commits: 'commits',
  timelineItems: 'events',
};

const itemTypes = eventTypes.map((type) =>
  type.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase(),
);

/** How pull requests are asked for, and the record made of one. */
export const pullRequestKind: NodeKind<PullRequestNode> = {
  type: 'PullRequest',
  plural: 'pull requests',
  page: 50,
  fields: `databaseId fullDatabaseId number title body state isDraft createdAt updatedAt closedAt mergedAt
    baseRefName headRefName headRefOid additions deletions changedFiles
    author { ...Who } mergedBy { ...Who } baseRepository { nameWithOwner }
    mergeCommit { oid messageHeadline parents(first: 1) { totalCount } }`,
  nested: [
    { field: 'labels', first: 10, nodes: 'name' },
    { field: 'closingIssuesReferences', first: 5, nodes: 'databaseId fullDatabaseId' },
    {
      field: 'reviews',
      first: 40,
      nodes: 'databaseId fullDatabaseId state submittedAt author { ...Who }',
    },
    {
      field: 'comments',
      first: 20,
      nodes: 'databaseId fullDatabaseId createdAt author { ...Who }',
    },
    {
      field: 'commits',
      first: 40,
      nodes:
        'commit { oid authoredDate committedDate message author { name email user { type: __typename login databaseId name } } }',
    },
    {
      field: 'timelineItems',
      first: 40,
      more: `itemTypes: [${itemTypes.join(', ')}]`,
      nodes: `type: __typename
        ${eventTypes.map((type) => `... on ${type} { ${eventFields(type)} }`).join('\n        ')}`,
    },
  ],
  schema: pullRequestNodeSchema,
  toPayload: (node, missing) => pullRequestPayload(node, missing),
};

function eventFields(type: (typeof eventTypes)[number]): string {
  const common = 'id createdAt actor { ...Who }';
  if (type === 'ReviewDismissedEvent') {
    return `${common} previousReviewState review { author { ...Who } }`;
  }
  const asks = type === 'ReviewRequestedEvent' || type === 'ReviewRequestRemovedEvent';
  return asks ? `${common} requestedReviewer { type: __typename ...Who }` : common;
}

function pullRequestPayload(
  node: PullRequestNode,
  missingFields: readonly string[],
): PullRequestPayload {
  const missing = missingFields.flatMap((field) => partByField[field] ?? []);
  const headRef = node.headRefName ?? null;
  const whenWhole = <Value>(part: PartName, value: Value): Value | null =>
    missing.includes(part) ? null : value;
  return {
    nodeId: node.id,
    id: idOf(node),
    number: node.number,
    title: node.title,
    state: node.state,
    isDraft: node.isDraft ?? null,
    author: whoOfGraphql(node.author),
    mergedBy: whoOfGraphql(node.mergedBy),
    createdAt: node.createdAt ?? null,
    updatedAt: node.updatedAt ?? null,
    closedAt: node.closedAt ?? null,
    mergedAt: node.mergedAt ?? null,
    baseRef: node.baseRefName ?? null,
    headRef,
    headSha: node.headRefOid ?? null,
    mergeSha: node.mergeCommit?.oid ?? null,
    mergeMethod: mergeMethodOf(node),
    additions: node.additions ?? null,
    deletions: node.deletions ?? null,
    changedFiles: node.changedFiles ?? null,
    reverts: revertsNumber(
      { title: node.title, body: node.body ?? null, headRef },
      node.baseRepository?.nameWithOwner ?? null,
    ),
    labels: whenWhole(
      'labels',
      listOf(node.labels).map(({ name }) => name),
    ),
    issues: whenWhole(
      'issues',
      listOf(node.closingIssuesReferences).map((issue) => ({ id: idOf(issue) })),
    ),
    reviews: whenWhole('reviews', listOf(node.reviews).map(reviewPayload)),
    comments: whenWhole('comments', listOf(node.comments).map(commentPayload)),
    commits: whenWhole('commits', listOf(node.commits).map(commitPayload)),
    events: whenWhole('events', listOf(node.timelineItems).map(eventPayload)),
    ...(missing.length === 0
      ? {}
      : { missing: partNames.filter((part) => missing.includes(part)) }),
  };
}

/**
 * GitHub does not say how it merged. Two parents are a merge; a squash writes the number behind the
 * title; what is left was put on top as it was.
 */
function mergeMethodOf({
  mergeCommit,
  number,
}: PullRequestNode): PullRequestPayload['mergeMethod'] {
  const parents = mergeCommit?.parents?.totalCount;
  if (mergeCommit === null || mergeCommit === undefined || parents === undefined) return null;
  if (parents > 1) return 'merge';
  return mergeCommit.messageHeadline?.includes(`(#${number})`) === true ? 'squash' : 'rebase';
}

function reviewPayload(review: z.infer<typeof reviewSchema>) {
  return {
    id: idOf(review),
    state: review.state,
    at: review.submittedAt ?? null,
    author: whoOfGraphql(review.author),
  };
}

function commentPayload(comment: z.infer<typeof commentSchema>) {
  return { id: idOf(comment), at: comment.createdAt ?? null, author: whoOfGraphql(comment.author) };
}

function commitPayload({ commit }: z.infer<typeof commitSchema>) {
  const { trailers } = readMessage(Buffer.from(commit.message ?? ''));
  const { author } = commit;
  return {
    sha: commit.oid,
    authoredAt: commit.authoredDate ?? null,
    committedAt: commit.committedDate ?? null,
    author: {
      name: author?.name ?? null,
      email: author?.email ?? null,
      account: whoOfGraphql(author?.user),
    },
    trailers: trailers.map(([key, value]): [string, string] => [key, value]),
  };
}

function eventPayload(event: z.infer<typeof eventSchema>) {
  return {
    id: event.id,
    type: event.type,
    at: event.createdAt ?? null,
    actor: whoOfGraphql(event.actor),
    subject: subjectOf(event),
    state: event.previousReviewState ?? null,
  };
}

function subjectOf({ requestedReviewer, review, type }: z.infer<typeof eventSchema>): Who {
  if (type === 'ReviewDismissedEvent') {
    return review === null || review === undefined ? null : whoOfGraphql(review.author);
  }
  const who = graphqlWhoSchema.safeParse(requestedReviewer);
  return who.success ? whoOfGraphql(who.data) : null;
}
