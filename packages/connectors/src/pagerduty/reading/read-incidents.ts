import { AdjutantError, type Batch, type ConnectorContext, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import { type PagerdutyConfig, sinceOf } from '../config.ts';
import { serviceCreatedAt } from '../scopes.ts';
import { type Session, sessionOf } from '../session.ts';
import { incidentGaps } from './incident-gaps.ts';
import { beginScan, type IncidentState, readIncidentState } from './incident-state.ts';
import { makeIncidentRecords, stampOf } from './make-batch.ts';
import { incidentPages, listedIncidents } from './read-incidents-list.ts';
import type { ListedIncident } from './recent-changes.ts';

/** What is created while a list is being made may be missing from it. */
const overlapMs = 10 * 60_000;
/** Older than PagerDuty. */
const beginning = Date.UTC(2009, 0, 1);
const batchSize = 100;

/** Reads the incidents of a service: first all by creation, then what is new and what is open. */
export async function* readIncidentStream(
  context: ConnectorContext<PagerdutyConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const session = sessionOf(context);
  session.client.governor.attach(request.budget);
  const before = readIncidentState(request.state);
  if (request.mode === 'refetch') yield* refetch(session, request, before);
  else if (request.mode === 'backfill' || before === null || before.next !== null) {
    yield* backfill(context, request, before);
  } else if (isSetBack(before, sinceOf(context.config))) {
    yield* backfill(context, request, before);
  } else yield* followUp(context, request, before);
}

/** Whether more is asked for than was read once. */
function isSetBack({ floor }: IncidentState, limit: number | null): boolean {
  return floor !== null && limit !== null && limit < floor;
}

async function* backfill(
  context: ConnectorContext<PagerdutyConfig>,
  request: ReadRequest,
  before: IncidentState | null,
): AsyncGenerator<Batch> {
  const session = sessionOf(context);
  const { scope } = request;
  const wanted = Math.max(sinceOf(context.config) ?? 0, request.since ?? 0);
  const first = serviceCreatedAt(scope) ?? beginning;
  const isUnderWay = before !== null && before.next !== null;
  const from = Math.max(first, wanted);
  const floor = wanted > first ? wanted : null;
  const begun = beginScan(session.client.serverNow(), { next: from, floor });
  // What was open is followed on, also where it is older than what is read anew.
  const followed = { seen: { ...before?.seen }, lost: before?.lost ?? [] };
  const state = isUnderWay ? before : { ...begun, ...followed };
  const pages = incidentPages(session.client, {
    services: [scope.externalId],
    from: state.next ?? from,
    until: state.scannedAt,
  });
  for await (const { incidents, lost } of pages) {
    state.nameless += lost;
    if (incidents.length === 0) continue;
    const batch = await batchOf(session, state, incidents);
    // A second back: others may have been created in the same one.
    state.next = Math.max(state.next ?? from, createdAtOf(incidents.at(-1)) - 1_000);
    yield { ...batch, state: structuredClone(state), complete: false, gaps: [] };
  }
  // What was created while it was being read comes with the next pass.
  const end: IncidentState = { ...state, next: null };
  yield {
    records: [],
    tombstones: [],
    state: end,
    complete: true,
    gaps: incidentGaps(end),
  };
}

async function* followUp(
  context: ConnectorContext<PagerdutyConfig>,
  request: ReadRequest,
  before: IncidentState,
): AsyncGenerator<Batch> {
  const session = sessionOf(context);
  const { externalId } = request.scope;
  const listed = await session.changes.since(before.scannedAt - overlapMs);
  // The lists were made when the first service had its turn, which may be long ago.
  const scannedAt = listed.askedAt;
  const found = new Map<string, ListedIncident>();
  for (const incident of listed.incidents) {
    const isOurs = incident.serviceId === externalId || Object.hasOwn(before.seen, incident.id);
    if (isOurs) found.set(incident.id, incident);
  }
  const lost: string[] = [];
  // Open when last seen and not among the open ones now: it has ended, or went out of sight.
  for (const id of [...Object.keys(before.seen), ...before.lost]) {
    if (found.has(id) || lost.includes(id)) continue;
    const incident = await readOne(session, id);
    if (incident === null) lost.push(id);
    else found.set(id, incident);
  }
  const state: IncidentState = { ...before, scannedAt, seen: {}, lost };
  // What has not changed since is known, and its history with it.
  const changed = [...found.values()].filter((incident) => {
    if (before.seen[incident.id] !== stampOf(incident)) return true;
    keep(state, incident, scannedAt);
    return false;
  });
  for (let start = 0; start < changed.length; start += batchSize) {
    const batch = await batchOf(session, state, changed.slice(start, start + batchSize));
    // Until all are in, the next pass begins where this one did.
    yield { ...batch, state: { ...before }, complete: false, gaps: [] };
  }
  yield { records: [], tombstones: [], state, complete: true, gaps: incidentGaps(state) };
}

async function* refetch(
  session: Session,
  { ids = [], state }: ReadRequest,
  before: IncidentState | null,
): AsyncGenerator<Batch> {
  const found: ListedIncident[] = [];
  for (const id of ids) {
    const incident = await readOne(session, id);
    if (incident !== null) found.push(incident);
  }
  const { records, merged } = await makeIncidentRecords(session, found);
  const gaps = before === null ? [] : incidentGaps(before);
  yield { records, tombstones: merged, state: state ?? {}, complete: true, gaps };
}

type Made = Pick<Batch, 'records' | 'tombstones'>;

async function batchOf(
  session: Session,
  state: IncidentState,
  incidents: readonly ListedIncident[],
): Promise<Made> {
  const { records, merged } = await makeIncidentRecords(session, incidents);
  for (const incident of incidents) keep(state, incident, state.scannedAt);
  state.hasMerged ||= merged.length > 0;
  state.lacksHistory = session.isHistoryDenied;
  // Those that were merged may have been given before.
  return { records, tombstones: merged };
}

/** Remembers what to look at again: what is open, and what the next pass will list as new. */
function keep(state: IncidentState, incident: ListedIncident, scannedAt: number): void {
  const isOpen = statusOf(incident) !== 'resolved';
  const isRecent = createdAtOf(incident) >= scannedAt - overlapMs;
  if (isOpen || isRecent) state.seen[incident.id] = stampOf(incident);
}

const answerSchema = z.object({ incident: z.unknown() });

/** Returns an incident as it is now; null where PagerDuty shows it no more. */
async function readOne({ client }: Session, id: string): Promise<ListedIncident | null> {
  try {
    const { incident } = await client.get({
      path: `/incidents/${encodeURIComponent(id)}`,
      schema: answerSchema,
      what: 'an incident',
    });
    const [found] = listedIncidents([incident]).incidents;
    return found ?? null;
  } catch (error) {
    const isGone =
      AdjutantError.isInstance(error) && (error.code === 'NotFound' || error.code === 'Permission');
    if (isGone) return null;
    throw error;
  }
}

const statusSchema = z.object({ status: z.string(), created_at: z.string() });

function statusOf({ raw }: ListedIncident): string | null {
  const parsed = statusSchema.safeParse(raw);
  return parsed.success ? parsed.data.status : null;
}

function createdAtOf(incident: ListedIncident | undefined): number {
  const parsed = statusSchema.safeParse(incident?.raw);
  const at = parsed.success ? Date.parse(parsed.data.created_at) : Number.NaN;
  return Number.isNaN(at) ? 0 : at;
}
