import type { PagerdutyData, TwinIncident } from './pagerduty-data.ts';
import { incidentOf, logEntryOf, onCallsOf, serviceOf, userOf } from './representations.ts';

export interface TwinAnswer {
  status: number;
  body: unknown;
}

const sixMonthsMs = 184 * 86_400_000;
const defaultRangeMs = 30 * 86_400_000;

/** Answers reads as the REST API does, with the limits that it has. */
export function answerRest(
  data: PagerdutyData,
  url: URL,
  { now, isUserKey }: { now: number; isUserKey: boolean },
): TwinAnswer {
  const { pathname, searchParams: query } = url;
  const [, first = '', id, below] = pathname.split('/');
  const incident = data.incidents.find((one) => one.id === id && !one.isHidden);
  const service = data.services.find((one) => one.id === id);
  if (first === 'users' && id === 'me') {
    const [user] = data.users;
    if (isUserKey && user !== undefined) return { status: 200, body: { user: userOf(user) } };
    return refused(400, 'The key belongs to an account and not to a user', 1008);
  }
  if (first === 'abilities') return { status: 200, body: { abilities: ['teams', 'urgencies'] } };
  if (first === 'services' && id !== undefined) {
    if (service === undefined) return notFound();
    const withIntegrations = query.getAll('include[]').includes('integrations');
    return { status: 200, body: { service: serviceOf(service, withIntegrations) } };
  }
  if (first === 'incidents' && id !== undefined) {
    if (incident === undefined) return notFound();
    if (below === undefined) return { status: 200, body: { incident: incidentOf(incident) } };
    const entries = data.entries.filter((entry) => entry.incident === incident);
    return page(query, 'log_entries', newestFirst(entries).map(logEntryOf));
  }
  if (first === 'services') {
    return page(
      query,
      first,
      data.services.map((one) => serviceOf(one, false)),
    );
  }
  if (first === 'users') return page(query, first, data.users.map(userOf));
  if (first === 'oncalls') {
    const wanted = query.getAll('escalation_policy_ids[]');
    const policies = data.policies.filter((one) => wanted.length === 0 || wanted.includes(one.id));
    return page(query, first, policies.flatMap(onCallsOf));
  }
  if (first === 'incidents') return listIncidents(data, query, now);
  if (first === 'log_entries') {
    const range = rangeOf(query, now);
    if (range === null) return tooLong();
    const entries = data.entries.filter(
      ({ at, incident: of }) => at >= range.since && at <= range.until && !of.isHidden,
    );
    return page(query, first, newestFirst(entries).map(logEntryOf));
  }
  return notFound();
}

function listIncidents(data: PagerdutyData, query: URLSearchParams, now: number): TwinAnswer {
  const services = query.getAll('service_ids[]');
  const statuses = query.getAll('statuses[]');
  const key = query.get('incident_key');
  const range =
    query.get('date_range') === 'all'
      ? { since: 0, until: Number.POSITIVE_INFINITY }
      : rangeOf(query, now);
  if (range === null) return tooLong();
  const isWanted = (incident: TwinIncident): boolean =>
    !incident.isHidden &&
    (services.length === 0 || services.includes(incident.service.id)) &&
    (statuses.length === 0 || statuses.includes(incident.status)) &&
    (key === null || incident.incidentKey === key) &&
    incident.createdAt >= range.since &&
    incident.createdAt < range.until;
  const direction = query.get('sort_by') === 'created_at:asc' ? 1 : -1;
  const found = data.incidents
    .filter(isWanted)
    .toSorted((a, b) => direction * (a.createdAt - b.createdAt || a.number - b.number));
  return page(query, 'incidents', found.map(incidentOf));
}

function rangeOf(query: URLSearchParams, now: number): { since: number; until: number } | null {
  const until = query.has('until') ? Date.parse(query.get('until') ?? '') : now;
  const since = query.has('since') ? Date.parse(query.get('since') ?? '') : until - defaultRangeMs;
  return until - since > sixMonthsMs ? null : { since, until };
}

function newestFirst<Entry extends { at: number; id: string }>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

function page(query: URLSearchParams, key: string, all: readonly unknown[]): TwinAnswer {
  const limit = Number(query.get('limit') ?? 25);
  const offset = Number(query.get('offset') ?? 0);
  if (limit > 100) return refused(400, 'limit is at most 100', 2001);
  if (offset + limit > 10_000) return refused(400, 'Offset must be less than 10000', 2001);
  return {
    status: 200,
    body: {
      [key]: all.slice(offset, offset + limit),
      limit,
      offset,
      total: query.get('total') === 'true' ? all.length : null,
      more: offset + limit < all.length,
    },
  };
}

function tooLong(): TwinAnswer {
  return refused(400, 'The time range cannot exceed 6 months', 2001);
}

function notFound(): TwinAnswer {
  return refused(404, 'Not Found', 2100);
}

/** Returns a refusal in PagerDuty's form. */
export function refused(status: number, message: string, code: number): TwinAnswer {
  return { status, body: { error: { message, code } } };
}
