import { type CheckReport, defineConnector } from '@adjutant/core';
import { type EventsConfig, eventsConfigSchema } from './config.ts';
import { events as stream } from './events-stream.ts';
import { eventsWebhooks } from './events-webhooks.ts';

/**
 * Returns the connector for everything without one of its own, ready for `createAdjutant`: a pipeline
 * or pager sends its deployments, incidents and builds, signed. It contacts no host.
 * @example events({ secret: () => readSecret() })
 */
export const events = defineConnector<EventsConfig>({
  id: 'events',
  title: 'Signed events',
  experimental: false,
  configSchema: eventsConfigSchema,
  hosts: () => [],
  check,
  async *discover() {
    yield { externalId: 'events', name: 'events', detail: {} };
  },
  webhooks: eventsWebhooks,
  streams: [stream],
});

async function check(): Promise<CheckReport> {
  return {
    identity: null,
    items: [
      {
        id: 'receives',
        ok: true,
        message: 'It takes what is sent to it and asks nobody: nothing can be checked from here.',
        hint: null,
      },
    ],
  };
}
