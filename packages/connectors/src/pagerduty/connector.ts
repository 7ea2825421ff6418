import { defineConnector } from '@adjutant/core';
import { pagerdutyActions } from './actions/index.ts';
import { checkPagerduty } from './check-pagerduty.ts';
import { apiAddressOf, eventsAddressOf, pagerdutyConfigSchema } from './config.ts';
import { discoverScopes } from './scopes.ts';
import { incidents } from './streams/incidents.ts';
import { onCalls } from './streams/on-calls.ts';
import { users } from './streams/users.ts';
import { pagerdutyWebhooks } from './webhooks/pagerduty-webhooks.ts';

/**
 * Returns the connector for PagerDuty, ready for `createAdjutant`. It is experimental: tried only
 * against our own twin of PagerDuty and recorded payloads.
 * @example pagerduty({ services: ['PIKL83L'], token: () => readToken() })
 */
export const pagerduty = defineConnector({
  id: 'pagerduty',
  title: 'PagerDuty',
  experimental: true,
  triedAgainst: ['recorded payloads', 'our own twin'],
  configSchema: pagerdutyConfigSchema,
  hosts: (config) => [apiAddressOf(config).host, eventsAddressOf(config).host],
  check: checkPagerduty,
  discover: discoverScopes,
  actions: pagerdutyActions,
  webhooks: pagerdutyWebhooks,
  streams: [users, onCalls, incidents],
});
