import type { TwinComment, TwinIssue, TwinMilestone } from '../../data/records.ts';
import { dateTime, fieldsOf, unknownFields } from '../field-table.ts';
import { opaqueId } from '../node-id.ts';
import { connection } from '../connection.ts';
import { pullRequestsOf } from './repository.ts';
import { subjectUrl } from './shared.ts';
import { associationOf, threadFields } from './thread.ts';

const closers = pullRequestsOf<TwinIssue>((issue) =>
  [...issue.repository.pullRequests.values()].filter(({ closingIssues }) =>
    closingIssues.includes(issue),
  ),
);

export const issueFields = fieldsOf<TwinIssue>({
  ...threadFields,
  stateReason: ({ stateReason }) => stateReason,
  parent: ({ parent }) => parent,
  ...unknownFields('isPinned'),
  closedByPullRequestsReferences: {
    accepts: ['first', 'last', 'after', 'before', 'includeClosedPrs'],
    resolve: closers.resolve,
  },
  subIssues: connection<TwinIssue, TwinIssue>({
    items: (issue) =>
      [...issue.repository.issues.values()].filter(({ parent }) => parent === issue),
  }),
});

export const milestoneFields = fieldsOf<TwinMilestone>({
  id: ({ id }) => opaqueId('Milestone', id),
  number: ({ number }) => number,
  title: ({ title }) => title,
  dueOn: ({ dueOn }) => dateTime(dueOn),
  repository: ({ repository }) => repository,
});

export const issueCommentFields = fieldsOf<TwinComment>({
  id: ({ id }) => opaqueId('IssueComment', id),
  databaseId: ({ id }) => id,
  fullDatabaseId: ({ id }) => String(id),
  author: ({ author, id }, _, context) => context.actorOf(author, `IssueComment ${id}`),
  authorAssociation: ({ author }) => associationOf(author),
  body: ({ body }) => body,
  bodyText: ({ body }) => body,
  createdAt: ({ at }) => dateTime(at),
  publishedAt: ({ at }) => dateTime(at),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  pullRequest: ({ subject }) => (subject.type === 'PullRequest' ? subject : null),
  repository: ({ subject }) => subject.repository,
  url: ({ id, subject }, _, context) => `${subjectUrl(subject, context)}#issuecomment-${id}`,
  ...unknownFields('editor', 'lastEditedAt', 'minimizedReason'),
  isMinimized: () => false,
});
