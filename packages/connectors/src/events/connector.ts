import { defineConnector } from '@adjutant/core';
import { checkEvents } from './check-events.ts';
import { type EventsConfig, eventsConfigSchema } from './config.ts';
import { events as stream } from './events-stream.ts';
import { eventsWebhooks } from './events-webhooks.ts';

/**
 * Returns the connector for everything without one of its own, ready for `createAdjutant`: a pipeline
 * or pager sends its deployments, incidents and builds, signed. It contacts no host.
 * @example events({ webhookSecret: () => readSecret() })
 */
export const events = defineConnector<EventsConfig>({
  id: 'events',
  title: 'Signed events',
  experimental: false,
  triedAgainst: ['a counterpart of others'],
  configSchema: eventsConfigSchema,
  showsCode: false,
  hosts: () => [],
  check: checkEvents,
  async *discover() {
    yield { externalId: 'events', name: 'events', detail: {} };
  },
  webhooks: eventsWebhooks,
  streams: [stream],
});
