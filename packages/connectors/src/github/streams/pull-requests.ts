import { defineStream } from '@adjutant/core';
import { type GithubConfig, sinceOf } from '../config.ts';
import { keepHeads } from '../discovery/pull-request-head.ts';
import { isRepositoryScope, sessionOf } from '../discovery/session.ts';
import { mapPullRequest } from '../map/map-pull-request.ts';
import { type PullRequestPayload, pullRequestPayloadSchema } from '../map/pull-request-payload.ts';
import { readTracked, type TrackedStream } from '../reading/tracked-stream.ts';
import { type PullRequestNode, pullRequestKind } from './pull-request-kind.ts';
import { pullRequestSource } from './pull-request-source.ts';

const tracked: TrackedStream<PullRequestNode> = {
  kind: pullRequestKind,
  section: 'pullRequests',
  newestBy: 'updatedAt',
  gaps: [],
  source: pullRequestSource,
};

/** Pull requests with reviews, comments, commits, timeline, size, labels and the issues they close. */
export const pullRequests = defineStream<GithubConfig, PullRequestPayload>({
  id: 'pull_requests',
  title: 'Pull requests with their reviews',
  payloadSchema: pullRequestPayloadSchema,
  appliesTo: isRepositoryScope,
  async *read(context, request) {
    const { client, pullRequestHeads } = sessionOf(context);
    const since = request.since ?? sinceOf(context.config);
    for await (const batch of readTracked(tracked, context, request, since)) {
      keepHeads(pullRequestHeads, batch.records, client.serverNow());
      yield batch;
    }
  },
  map: mapPullRequest,
});
