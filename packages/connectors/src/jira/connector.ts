import { defineConnector } from '@adjutant/core';
import { jiraActions } from './actions/index.ts';
import { checkJira } from './check-jira.ts';
import { siteAddress } from './client/authorization.ts';
import { jiraConfigSchema } from './config.ts';
import { discoverScopes } from './discovery/discover.ts';
import { issues } from './streams/issues.ts';
import { sprints } from './streams/sprints.ts';
import { users } from './streams/users.ts';
import { jiraWebhooks } from './webhooks/jira-webhooks.ts';

/**
 * Returns the connector for Jira Cloud, ready for `createAdjutant`. It is experimental: no Jira that
 * others run has answered it yet.
 * @example jira({ site: 'https://acme.atlassian.net', projects: ['PAY'], email, token: () => readToken() })
 */
export const jira = defineConnector({
  id: 'jira',
  title: 'Jira',
  experimental: true,
  triedAgainst: ['a published schema', 'recorded payloads', 'our own twin'],
  configSchema: jiraConfigSchema,
  hosts: (config) => [siteAddress(config).host],
  check: checkJira,
  discover: discoverScopes,
  actions: jiraActions,
  webhooks: jiraWebhooks,
  // Sprints first: what their boards tell, issues need not ask for again.
  streams: [users, sprints, issues],
});
