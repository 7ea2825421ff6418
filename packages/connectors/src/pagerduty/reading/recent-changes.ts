import type { PagerdutyClient } from '../client/client.ts';
import { readIncidents } from './read-incidents-list.ts';

/** An incident that was listed: as it came, with what it is found by. */
export interface ListedIncident {
  id: string;
  serviceId: string | null;
  raw: unknown;
}

/**
 * What an incremental pass looks at. PagerDuty lists no changes, so it is what is open and what is
 * new; both are asked for once a pass for all services, whatever their number.
 */
export interface RecentChanges {
  /** Returns what is open, and what was created at or after an instant. @unit epoch milliseconds */
  since(since: number): Promise<ChangesRead>;
}

/** What was listed, and the server's time before the first of it was asked for. */
export interface ChangesRead {
  /** What came later may be missing: a service goes on from here, however late its turn is. */
  askedAt: number;
  incidents: readonly ListedIncident[];
}

/** Services of one pass end theirs minutes apart; what the first asks for is enough for the others. */
const slackMs = 30 * 60_000;

/** An address cannot be of any length: beyond so many, all services are listed. */
const mostServicesAsked = 100;

/** Returns the changes of a pass; nothing is asked yet. */
export function createRecentChanges(
  client: PagerdutyClient,
  configured: readonly string[] | undefined,
): RecentChanges {
  const services = (configured?.length ?? 0) > mostServicesAsked ? undefined : configured;
  let open: ChangesRead | null = null;
  let recent: { since: number; incidents: readonly ListedIncident[] } | null = null;
  return {
    async since(since) {
      const askedAt = client.serverNow();
      const statuses = ['triggered', 'acknowledged'];
      open ??= { askedAt, incidents: await readIncidents(client, { services, statuses }) };
      if (recent === null || recent.since > since) {
        const from = since - slackMs;
        const until = client.serverNow();
        recent = {
          since: from,
          incidents: await readIncidents(client, { services, from, until }),
        };
      }
      return { askedAt: open.askedAt, incidents: [...recent.incidents, ...open.incidents] };
    },
  };
}
