import type { DomainRows } from '../sync/domain-rows.ts';
import type { BulkTarget } from './bulk-write.ts';
import { tables } from './tables.ts';

/**
 * An account that a person here called a bot's stays one whatever its source says of it. Only where the
 * two differ is anything looked up, so that reading costs nothing more.
 */
const isCalledBot = `"accounts"."kind" = 'service_bot' and excluded."kind" = 'human' and exists (
  select 1 from "identity_changes" c, json_each(c."accounts") j
  where c."workspace_id" = "accounts"."workspace_id" and c."kind" = 'bot' and c."undone_at" is null
    and json_extract(j.value, '$[0]') = "accounts"."source"
    and json_extract(j.value, '$[1]') = "accounts"."external_id")`;

/** How each kind of domain row is keyed, in the order in which they are written. */
export const domainTargets = {
  repositories: { table: tables.repositories, key: ['source', 'externalId'] },
  repositoryOwners: {
    table: tables.repositoryOwners,
    key: ['source', 'repositoryExternalId', 'position', 'owner'],
  },
  accounts: {
    table: tables.accounts,
    key: ['source', 'externalId'],
    // Where nobody vouches for an address, two repositories may know it by two names: the first one
    // stands, so that the order of reading does not show. What one record leaves out, another has told.
    merged: {
      name: `case when excluded."email_verified" then coalesce(excluded."name", "accounts"."name")
        else coalesce("accounts"."name", excluded."name") end`,
      login: 'coalesce(excluded."login", "accounts"."login")',
      timeZone: 'coalesce(excluded."time_zone", "accounts"."time_zone")',
      vendorId: 'coalesce(excluded."vendor_id", "accounts"."vendor_id")',
      email: `case when "accounts"."email_verified" and not excluded."email_verified"
        then "accounts"."email" else coalesce(excluded."email", "accounts"."email") end`,
      emailVerified: `case when "accounts"."email_verified" or excluded."email" is null
        then "accounts"."email_verified" or excluded."email_verified"
        else excluded."email_verified" end`,
      kind: `case when ${isCalledBot} then "accounts"."kind" else excluded."kind" end`,
      isBot: `case when ${isCalledBot} then "accounts"."is_bot" else excluded."is_bot" end`,
    },
  },
  accountGroups: { table: tables.accountGroups, key: ['source', 'externalId'] },
  accountGroupMembers: {
    table: tables.accountGroupMembers,
    key: ['source', 'groupExternalId', 'accountExternalId'],
  },
  identityMappings: { table: tables.identityMappings, key: ['source', 'fromExternalId'] },
  commits: { table: tables.commits, key: ['source', 'repositoryExternalId', 'sha'] },
  commitParents: {
    table: tables.commitParents,
    key: ['source', 'repositoryExternalId', 'sha', 'position'],
  },
  pullRequests: { table: tables.pullRequests, key: ['source', 'externalId'] },
  pullRequestCommits: {
    table: tables.pullRequestCommits,
    key: ['source', 'pullRequestExternalId', 'sha'],
  },
  pullRequestEvents: { table: tables.pullRequestEvents, key: ['source', 'externalId'] },
  pullRequestFiles: {
    table: tables.pullRequestFiles,
    key: ['source', 'pullRequestExternalId', 'path'],
  },
  pullRequestWorkItems: {
    table: tables.pullRequestWorkItems,
    key: ['source', 'pullRequestExternalId', 'workItemSource', 'workItemExternalId'],
  },
  documents: { table: tables.documents, key: ['source', 'externalId'] },
  workItems: { table: tables.workItems, key: ['source', 'externalId'] },
  workItemChanges: { table: tables.workItemChanges, key: ['source', 'externalId'] },
  workItemLinks: {
    table: tables.workItemLinks,
    key: ['source', 'workItemExternalId', 'kind', 'otherExternalId'],
  },
  sprints: { table: tables.sprints, key: ['source', 'externalId'] },
  pipelineJobs: { table: tables.pipelineJobs, key: ['source', 'externalId'] },
  pipelineRuns: { table: tables.pipelineRuns, key: ['source', 'externalId'] },
  releases: { table: tables.releases, key: ['source', 'externalId'] },
  releaseCommits: { table: tables.releaseCommits, key: ['source', 'repositoryExternalId', 'sha'] },
  deployments: { table: tables.deployments, key: ['source', 'externalId'] },
  deploymentChanges: {
    table: tables.deploymentChanges,
    key: ['source', 'repositoryExternalId', 'sha', 'deploymentExternalId'],
  },
  incidents: { table: tables.incidents, key: ['source', 'externalId'] },
  incidentEvents: { table: tables.incidentEvents, key: ['source', 'externalId'] },
  incidentDeployments: {
    table: tables.incidentDeployments,
    key: ['source', 'incidentExternalId', 'deploymentSource', 'deploymentExternalId'],
  },
  chatChannels: { table: tables.chatChannels, key: ['source', 'externalId'] },
  chatThreads: { table: tables.chatThreads, key: ['source', 'externalId'] },
  aiEvidence: { table: tables.aiEvidence, key: ['source', 'externalId'] },
  aiUsageDays: {
    table: tables.aiUsageDays,
    key: ['source', 'accountExternalId', 'tool', 'day'],
  },
} satisfies Record<keyof DomainRows, BulkTarget>;

export type DomainRowKind = keyof typeof domainTargets;

export const domainRowKinds = Object.keys(domainTargets) as DomainRowKind[];

/** Tells whether rows are kept under that name. */
export function isDomainRowKind(name: string): name is DomainRowKind {
  return Object.hasOwn(domainTargets, name);
}

/** Rows that many records share: they stay when one record that names them goes. */
export const sharedRowKinds: ReadonlySet<DomainRowKind> = new Set(['repositories', 'accounts']);

/** Rows that belong to the record that names them: they go when it no longer does. */
export const ownedRowKinds = [
  'repositoryOwners',
  'accountGroupMembers',
  'pullRequestCommits',
  'pullRequestEvents',
  'pullRequestFiles',
  'pullRequestWorkItems',
  'workItemChanges',
  'workItemLinks',
  'deploymentChanges',
  'incidentDeployments',
  'incidentEvents',
  'aiEvidence',
  'aiUsageDays',
] as const satisfies readonly DomainRowKind[];
