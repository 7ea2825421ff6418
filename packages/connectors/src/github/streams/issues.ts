import { defineStream } from '@adjutant/core';
import { type GithubConfig, sinceOf } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { type IssuePayload, issuePayloadSchema } from '../map/issue-payload.ts';
import { mapIssue } from '../map/map-issue.ts';
import { readTracked, type TrackedStream } from '../reading/tracked-stream.ts';
import { issueKind, type IssueNode } from './issue-kind.ts';

const tracked: TrackedStream<IssueNode> = {
  kind: issueKind,
  section: 'issues',
  newestBy: 'updatedAt',
  gaps: [
    {
      code: 'issues_have_no_start',
      message:
        'GitHub keeps no state between open and closed: when work on an issue began, and its points, are unknown. Which issue blocks which is not asked for either: that would take a request for each.',
      affectedCount: null,
    },
  ],
  source: ({ nodeId }, order) => ({
    name: 'Issues',
    declarations: '$id: ID!',
    variables: { id: nodeId },
    wrap: (selection) =>
      `node(id: $id) { ... on Repository { page: issues(first: $first, after: $after, orderBy: {field: ${order}}) ${selection} } }`,
    path: ['node'],
    plural: 'issues',
  }),
};

/** Issues with what happened to them: labels, assignees, closing and reopening. */
export const issues = defineStream<GithubConfig, IssuePayload>({
  id: 'issues',
  title: 'Issues',
  payloadSchema: issuePayloadSchema,
  appliesTo: isRepositoryScope,
  read: (context, request) =>
    readTracked(tracked, context, request, request.since ?? sinceOf(context.config)),
  map: mapIssue,
});
