import { defineStream } from '@adjutant/core';
import { type GithubConfig, sinceOf } from '../config.ts';
import { mapPullRequest } from '../map/map-pull-request.ts';
import { type PullRequestPayload, pullRequestPayloadSchema } from '../map/pull-request-payload.ts';
import { readTracked, type TrackedStream } from '../reading/tracked-stream.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { type PullRequestNode, pullRequestKind } from './pull-request-kind.ts';

const tracked: TrackedStream<PullRequestNode> = {
  kind: pullRequestKind,
  section: 'pullRequests',
  newestBy: 'updatedAt',
  gaps: [],
  source: ({ nodeId }, order) => ({
    name: 'PullRequests',
    declarations: '$id: ID!',
    variables: { id: nodeId },
    wrap: (selection) =>
      `node(id: $id) { ... on Repository { page: pullRequests(first: $first, after: $after, orderBy: {field: ${order}}) ${selection} } }`,
    path: ['node'],
    plural: 'pull requests',
  }),
};

/** Pull requests with reviews, comments, commits, timeline, size, labels and the issues they close. */
export const pullRequests = defineStream<GithubConfig, PullRequestPayload>({
  id: 'pull_requests',
  title: 'Pull requests with their reviews',
  payloadSchema: pullRequestPayloadSchema,
  appliesTo: isRepositoryScope,
  read: (context, request) =>
    readTracked(tracked, context, request, request.since ?? sinceOf(context.config)),
  map: mapPullRequest,
});
