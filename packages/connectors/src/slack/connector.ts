import { defineConnector } from '@adjutant/core';
import { slackActions } from './actions/index.ts';
import { slackCards } from './cards/approval-cards.ts';
import { checkSlack } from './check-slack.ts';
import { addressOf } from './client/credential.ts';
import { slackConfigSchema } from './config.ts';
import { discoverScopes } from './discovery/discover.ts';
import { hooksOrigin } from './interactions/answer-person.ts';
import { slackClicks } from './interactions/slack-clicks.ts';
import { channels } from './streams/channels.ts';
import { threads } from './streams/threads.ts';
import { usergroups } from './streams/usergroups.ts';
import { users } from './streams/users.ts';
import { slackWebhooks } from './webhooks/slack-webhooks.ts';

/**
 * Returns the connector for Slack, ready for `createAdjutant`. It is experimental: tried only
 * against our own twin of Slack and an emulator that others wrote.
 * @example slack({ channels: ['C0123456789'], token: () => readToken() })
 */
export const slack = defineConnector({
  id: 'slack',
  title: 'Slack',
  experimental: true,
  triedAgainst: ['a counterpart of others', 'our own twin'],
  configSchema: slackConfigSchema,
  hosts: (config) => [
    ...new Set([
      addressOf(config).host,
      ...(config.approvals === undefined ? [] : [new URL(hooksOrigin(config)).host]),
    ]),
  ],
  check: checkSlack,
  discover: discoverScopes,
  actions: slackActions,
  webhooks: slackWebhooks,
  clicks: slackClicks,
  approvalCards: slackCards,
  streams: [users, usergroups, channels, threads],
});
