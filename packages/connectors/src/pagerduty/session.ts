import type { ConnectorContext } from '@adjutant/core';
import { createPagerdutyClient, type PagerdutyClient } from './client/client.ts';
import type { PagerdutyConfig } from './config.ts';
import type { Service } from './payloads.ts';
import { createRecentChanges, type RecentChanges } from './reading/recent-changes.ts';

/** What the streams of one pass share. */
export interface Session {
  client: PagerdutyClient;
  /** Services that discovery found; null before it. */
  services: readonly Service[] | null;
  /** What is new and what is open, of all services at once. */
  changes: RecentChanges;
  /** Set once PagerDuty has refused the history of incidents. */
  isHistoryDenied: boolean;
}

const sessions = new WeakMap<ConnectorContext<PagerdutyConfig>, Session>();

/** Returns the session of a pass: one context, one client. */
export function sessionOf(context: ConnectorContext<PagerdutyConfig>): Session {
  const present = sessions.get(context);
  if (present !== undefined) return present;
  const client = createPagerdutyClient(context);
  const changes = createRecentChanges(client, context.config.services);
  const session: Session = { client, services: null, changes, isHistoryDenied: false };
  sessions.set(context, session);
  return session;
}
