import { defineConnector } from '@adjutant/core';
import { githubActions } from './actions/index.ts';
import { checkGithub } from './check-github.ts';
import { readApiAddress } from './client/api-address.ts';
import { reportHost } from './client/download-link.ts';
import { githubConfigSchema } from './config.ts';
import { discoverScopes } from './discovery/discover.ts';
import { commits } from './streams/commits.ts';
import { copilotUsage } from './streams/copilot-usage.ts';
import { deployments } from './streams/deployments.ts';
import { documents } from './streams/documents.ts';
import { issues } from './streams/issues.ts';
import { members } from './streams/members.ts';
import { pullRequestFiles } from './streams/pull-request-files.ts';
import { pullRequests } from './streams/pull-requests.ts';
import { releases } from './streams/releases.ts';
import { repositories } from './streams/repositories.ts';
import { tags } from './streams/tags.ts';
import { teams } from './streams/teams.ts';
import { workflowRuns } from './streams/workflow-runs.ts';
import { failedDeliveries } from './webhooks/failed-deliveries.ts';
import { githubWebhooks } from './webhooks/github-webhooks.ts';

/**
 * Returns the connector for GitHub, ready for `createAdjutant`. It is experimental: tried only
 * against our own twin of GitHub.
 * @example github({ repositories: ['acme/widgets'], token: () => readToken() })
 */
export const github = defineConnector({
  id: 'github',
  title: 'GitHub',
  experimental: true,
  triedAgainst: [
    'a counterpart of others',
    'a published schema',
    'recorded payloads',
    'our own twin',
  ],
  reviewStream: 'pull_requests',
  configSchema: githubConfigSchema,
  hosts: ({ baseUrl, copilotUsage: readsReports }) => [
    readApiAddress(baseUrl).host,
    ...(readsReports ? [reportHost] : []),
  ],
  check: checkGithub,
  discover: discoverScopes,
  actions: githubActions,
  webhooks: githubWebhooks,
  failedDeliveries,
  streams: [
    repositories,
    commits,
    pullRequests,
    pullRequestFiles,
    issues,
    releases,
    deployments,
    workflowRuns,
    tags,
    members,
    teams,
    copilotUsage,
    documents,
  ],
});
