import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { PagerdutyClient } from '../client/client.ts';
import { listPages, mostOfAList, readList } from '../client/list-pages.ts';
import { isKeptType } from '../map/incident-events.ts';
import {
  listedLogEntrySchema,
  type LogEntry,
  logEntrySchema,
  type RestIncident,
} from '../payloads.ts';
import { instant, longestWindowMs } from './read-incidents-list.ts';

/** Beyond this an incident is asked for by itself: a list of so long would be of everything else. */
const longestSharedMs = 3 * 86_400_000;
const pageSize = 100;

export type Histories = ReadonlyMap<string, readonly LogEntry[]>;

/**
 * Returns the histories of incidents, in as few requests as may be. An incident forgets who
 * acknowledged it once it is resolved; only its log entries tell. They are asked for by the time in
 * which the incidents lived, of the whole account, where that takes fewer requests than one for each.
 * @throws AdjutantError `Permission` where the key may not see them
 */
export async function readHistories(
  client: PagerdutyClient,
  incidents: readonly RestIncident[],
): Promise<Histories> {
  const histories = new Map<string, readonly LogEntry[]>();
  const withHistory: RestIncident[] = [];
  for (const incident of incidents) {
    if (hasHistory(incident)) withHistory.push(incident);
    else histories.set(incident.id, []);
  }
  const isShort = (incident: RestIncident): boolean =>
    endOf(incident) - Date.parse(incident.created_at) <= longestSharedMs;
  const short = withHistory.filter(isShort);
  const shared = await readShared(client, short);
  for (const incident of withHistory) {
    const entries =
      shared !== null && isShort(incident)
        ? (shared.get(incident.id) ?? [])
        : await readOne(client, incident.id);
    histories.set(incident.id, inOrder(entries));
  }
  return histories;
}

/** False for an incident that nobody has touched since it was created. */
function hasHistory(incident: RestIncident): boolean {
  const { status, created_at, last_status_change_at, updated_at } = incident;
  if (status !== 'triggered') return true;
  const changedAt = Date.parse(last_status_change_at ?? '');
  const isChanged = !(changedAt <= Date.parse(created_at));
  return isChanged || Date.parse(updated_at ?? '') > changedAt;
}

function endOf({ created_at, resolved_at, last_status_change_at }: RestIncident): number {
  const end = Date.parse(resolved_at ?? last_status_change_at ?? '');
  return Number.isNaN(end) ? Number.POSITIVE_INFINITY : Math.max(end, Date.parse(created_at));
}

/** Returns the entries of a time by incident; null where asking for each by itself is less. */
async function readShared(
  client: PagerdutyClient,
  incidents: readonly RestIncident[],
): Promise<Map<string, LogEntry[]> | null> {
  // One page is needed to learn how many there are.
  if (incidents.length < 2) return null;
  const from = Math.min(...incidents.map(({ created_at }) => Date.parse(created_at)));
  // An entry may be written a little after what it tells of.
  const until = Math.max(...incidents.map(endOf)) + 60_000;
  if (until - from > longestWindowMs) return null;
  const wanted = new Set(incidents.map(({ id }) => id));
  const entries = new Map<string, LogEntry[]>();
  const query = { since: instant(from), until: instant(until), total: true };
  const list = { path: '/log_entries', key: 'log_entries', what: 'the history of incidents' };
  let isFirst = true;
  for await (const page of listPages(client, { ...list, query })) {
    if (isFirst && !isWorthIt(page.total, incidents.length)) return null;
    isFirst = false;
    for (const item of page.items) {
      const parsed = listedLogEntrySchema.safeParse(item);
      if (!parsed.success || !wanted.has(parsed.data.incident.id)) continue;
      const { incident, ...entry } = parsed.data;
      entries.set(incident.id, [...(entries.get(incident.id) ?? []), entry]);
    }
    if (page.isCutOff) return null;
  }
  return entries;
}

function isWorthIt(total: number | null, incidents: number): boolean {
  if (total === null || total > mostOfAList) return false;
  // The page that told is paid already.
  return Math.ceil(total / pageSize) - 1 <= incidents;
}

async function readOne(client: PagerdutyClient, incidentId: string): Promise<LogEntry[]> {
  const { items } = await readList(client, {
    path: `/incidents/${encodeURIComponent(incidentId)}/log_entries`,
    key: 'log_entries',
    what: 'the history of an incident',
  });
  return z
    .array(z.unknown())
    .parse(items)
    .flatMap((item) => {
      const parsed = logEntrySchema.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    });
}

/** Both ways of asking give the same: what is kept, oldest first, each once. */
function inOrder(entries: readonly LogEntry[]): LogEntry[] {
  const kept = new Map<string, LogEntry>();
  for (const entry of entries) if (isKeptType(entry.type)) kept.set(entry.id, entry);
  return [...kept.values()].toSorted(
    (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || (a.id < b.id ? -1 : 1),
  );
}

/** True for the error of a key that may not see histories. */
export function isDenied(error: unknown): boolean {
  return AdjutantError.isInstance(error) && error.code === 'Permission';
}
