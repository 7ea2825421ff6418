import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { PagerdutyClient } from '../client/client.ts';
import { listPages, type ListQuery, mostOfAList } from '../client/list-pages.ts';
import { pagerdutyVendor } from '../pagerduty-vendor.ts';
import type { ListedIncident } from './recent-changes.ts';

/** PagerDuty takes at most six months between two instants; the shortest six have 181 days. */
export const longestWindowMs = 180 * 86_400_000;
/** A window is not halved below this: so many incidents in it were made by no people. */
const shortestWindowMs = 60_000;

/** Which incidents are listed: those that are open, or those created in a time. */
export interface IncidentsQuery {
  services: readonly string[] | undefined;
  statuses?: readonly string[];
  from?: number;
  until?: number;
}

const listedSchema = z.object({
  id: z.string().min(1).max(100),
  service: z.object({ id: z.string() }).nullish().catch(null),
});

/** Returns incidents whole, oldest first. */
export async function readIncidents(
  client: PagerdutyClient,
  query: IncidentsQuery,
): Promise<ListedIncident[]> {
  const found: ListedIncident[] = [];
  for await (const { incidents } of incidentPages(client, query)) found.push(...incidents);
  return found;
}

/** A page of incidents; `lost` counts what has no id to be known by. */
export interface IncidentPage {
  incidents: readonly ListedIncident[];
  lost: number;
}

/**
 * Yields incidents page by page, oldest first. A time is walked in windows that PagerDuty takes, each
 * halved until it holds no more than a list gives.
 */
export async function* incidentPages(
  client: PagerdutyClient,
  query: IncidentsQuery,
): AsyncGenerator<IncidentPage> {
  const { from, until } = query;
  if (from === undefined || until === undefined) {
    for await (const page of listPages(client, listOf(query, { date_range: 'all' }))) {
      if (page.isCutOff) throw tooMany();
      yield listedIncidents(page.items);
    }
    return;
  }
  for (let start = from, lengthMs = longestWindowMs; start < until; ) {
    const end = Math.min(until, start + lengthMs);
    const window = { since: instant(start), until: instant(end), total: true };
    let isHalved = false;
    for await (const page of listPages(client, listOf(query, window))) {
      const isTooFull = (page.total ?? 0) > mostOfAList || page.isCutOff;
      if (isTooFull && end - start <= shortestWindowMs) throw tooMany();
      if (isTooFull) {
        lengthMs = Math.ceil((end - start) / 2);
        isHalved = true;
        break;
      }
      yield listedIncidents(page.items);
    }
    if (isHalved) continue;
    start = end;
    lengthMs = Math.min(longestWindowMs, lengthMs * 2);
  }
}

function listOf(
  { services, statuses }: IncidentsQuery,
  window: NonNullable<ListQuery['query']>,
): ListQuery {
  return {
    path: '/incidents',
    key: 'incidents',
    what: 'incidents',
    query: {
      ...window,
      'service_ids[]': services,
      'statuses[]': statuses,
      sort_by: 'created_at:asc',
      time_zone: 'UTC',
    },
  };
}

/** Returns incidents as they came, by id. */
export function listedIncidents(items: readonly unknown[]): IncidentPage {
  const incidents = items.flatMap((raw) => {
    const parsed = listedSchema.safeParse(raw);
    if (!parsed.success) return [];
    return [{ id: parsed.data.id, serviceId: parsed.data.service?.id ?? null, raw }];
  });
  return { incidents, lost: items.length - incidents.length };
}

/** Returns an instant as PagerDuty takes it. */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

function tooMany(): AdjutantError {
  return new AdjutantError('Upstream', 'There are more incidents at once than PagerDuty lists.', {
    source: pagerdutyVendor.source,
    hint: 'Name fewer services in "services".',
  });
}
