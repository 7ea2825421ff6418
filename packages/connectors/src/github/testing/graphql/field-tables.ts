import type { Connection } from './connection.ts';
import { NotImitated } from './errors.ts';
import { fieldsOf, type FieldEntry, type FieldTable } from './field-table.ts';
import {
  botFields,
  mannequinFields,
  organizationFields,
  teamFields,
  userFields,
} from './types/actors.ts';
import { checkRunFields, rollupFields, statusContextFields } from './types/checks.ts';
import { commitFields, gitActorFields, pullRequestCommitFields } from './types/commit.ts';
import { deploymentFields, deploymentStatusFields } from './types/delivery.ts';
import { eventFields } from './types/events.ts';
import { issueCommentFields, issueFields, milestoneFields } from './types/issue.ts';
import {
  changedFileFields,
  pullRequestFields,
  reviewFields,
  reviewRequestFields,
} from './types/pull-request.ts';
import { queryFields, rateLimitFields } from './types/query.ts';
import { labelFields, refFields, releaseFields, tagFields } from './types/refs.ts';
import { blobFields, repositoryFields } from './types/repository.ts';

/** What is answered, type by type. */
export const fieldTables: Readonly<Record<string, FieldTable>> = {
  ...eventFields,
  Blob: blobFields,
  Bot: botFields,
  CheckRun: checkRunFields,
  Commit: commitFields,
  Deployment: deploymentFields,
  DeploymentStatus: deploymentStatusFields,
  GitActor: gitActorFields,
  Issue: issueFields,
  IssueComment: issueCommentFields,
  Label: labelFields,
  Mannequin: mannequinFields,
  Milestone: milestoneFields,
  Organization: organizationFields,
  PageInfo: fieldsOf<Connection['pageInfo']>({
    hasNextPage: ({ hasNextPage }) => hasNextPage,
    hasPreviousPage: ({ hasPreviousPage }) => hasPreviousPage,
    startCursor: ({ startCursor }) => startCursor,
    endCursor: ({ endCursor }) => endCursor,
  }),
  PullRequest: pullRequestFields,
  PullRequestChangedFile: changedFileFields,
  PullRequestCommit: pullRequestCommitFields,
  PullRequestReview: reviewFields,
  Query: queryFields,
  RateLimit: rateLimitFields,
  Ref: refFields,
  Release: releaseFields,
  Repository: repositoryFields,
  ReviewRequest: reviewRequestFields,
  StatusCheckRollup: rollupFields,
  StatusContext: statusContextFields,
  Tag: tagFields,
  Team: teamFields,
  User: userFields,
};

const connectionFields = fieldsOf<Connection>({
  totalCount: ({ totalCount }) => totalCount,
  nodes: ({ nodes }) => nodes,
  edges: ({ edges }) => edges,
  pageInfo: ({ pageInfo }) => pageInfo,
});

const edgeFields = fieldsOf<Connection['edges'][number]>({
  cursor: ({ cursor }) => cursor,
  node: ({ node }) => node,
});

/** Fields of connections and edges that their definitions add; anything else there is refused. */
const further: Readonly<Record<string, readonly string[]>> = {
  PullRequestTimelineItemsConnection: ['filteredCount', 'pageCount', 'updatedAt'],
  IssueTimelineItemsConnection: ['filteredCount', 'pageCount', 'updatedAt'],
  OrganizationMemberEdge: ['role', 'hasTwoFactorEnabled'],
  TeamMemberEdge: ['role'],
  TeamRepositoryEdge: ['permission'],
};

function furtherField(name: string): FieldEntry<never> {
  return { accepts: [], resolve: ({ more }: Pick<Connection, 'more'>) => more[name] ?? null };
}

/** Whether a type is answered at all. */
export function isImitated(typeName: string): boolean {
  return Object.hasOwn(fieldTables, typeName) || /(?:Connection|Edge)$/.test(typeName);
}

/**
 * Returns how a field is answered.
 *
 * @throws NotImitated where the twin has nothing to answer it with.
 */
export function fieldEntry(typeName: string, field: string): FieldEntry<never> {
  const table = fieldTables[typeName];
  const general = typeName.endsWith('Connection')
    ? connectionFields
    : typeName.endsWith('Edge')
      ? edgeFields
      : {};
  const own = table !== undefined && Object.hasOwn(table, field) ? table[field] : undefined;
  const shared = Object.hasOwn(general, field) ? general[field] : undefined;
  const found = own ?? shared;
  if (found !== undefined) return found;
  if (further[typeName]?.includes(field) === true) return furtherField(field);
  throw new NotImitated(`the field ${typeName}.${field}`);
}
