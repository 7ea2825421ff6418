import type { ConfiguredConnector } from '@adjutant/core';
import type { EventsSection } from './config/events-schema.ts';
import type { Environment } from './connector-credential.ts';
import { receivedSecrets } from './received-secret.ts';

/** Returns the connector for events that others send, loaded only where it is configured. */
export async function configuredEvents(
  { webhookSecret }: EventsSection,
  env: Environment,
): Promise<ConfiguredConnector> {
  const { events } = await import('@adjutant/connectors/events');
  return events({ webhookSecret: receivedSecrets(webhookSecret, env) });
}
