import type { Batch, ConnectorContext, ReadRequest, SourceRecord } from '@adjutant/core';
import { readReport } from '../copilot/ask-report.ts';
import { askAvailability } from '../copilot/availability.ts';
import { addDays, dayOf, daysBetween, firstDay, latestDay } from '../copilot/days.ts';
import { joinUsage } from '../copilot/join-usage.ts';
import { dayGaps, noReportGap, type UsageGap } from '../copilot/usage-gaps.ts';
import type { GithubClient } from '../client/client.ts';
import { type GithubConfig, sinceOf } from '../config.ts';
import { organizationOf, sessionOf } from '../discovery/session.ts';
import type { AiUsagePayload } from '../map/ai-usage-payload.ts';
import {
  type CopilotUsageState,
  readCopilotUsageState,
  withDay,
  withinDays,
} from './copilot-usage-state.ts';

/** A report of a day is made anew while late news of that day comes in. */
const settlingDays = 4;
/** A day of which no report came, or only a part, is asked for again for so long. */
const askedAgainDays = 28;
/** A pass that was cut off longer ago begins anew: what it read may have changed since. */
const goneOnWithinMs = 24 * 3_600_000;
/** Reports come once a day. */
const askedEveryMs = 6 * 3_600_000;
/** A record of a day of a large organization would be megabytes long. */
const peopleOfRecord = 250;

/** Reads the days of Copilot, one after another, where the configuration asks for them. */
export async function* readCopilotUsage(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const known = await knownByDay(request);
  if (!context.config.copilotUsage) {
    const tombstones = [...known.values()].flat().toSorted();
    yield { records: [], tombstones, state: {}, complete: true, gaps: [] };
    return;
  }
  const { login } = await organizationOf(context, request);
  const { client } = sessionOf(context);
  let state = readCopilotUsageState(request.state);
  const isFresh = state.checkedAt !== null && client.serverNow() - state.checkedAt < askedEveryMs;
  if (request.mode === 'incremental' && isFresh) {
    yield lastBatch(state, gapsOf(state));
    return;
  }
  const availability = await askAvailability(client, login);
  if (availability.kind === 'not_available') {
    yield lastBatch({ ...state, checkedAt: null }, [availability.gap]);
    return;
  }
  const newest = newestDay(availability.newestDay, client.serverNow());
  const since = request.since ?? sinceOf(context.config);
  const first = firstDay(newest, since);
  state = withinDays(state, first);
  const { pass } = state;
  const now = client.serverNow();
  const goesOn = pass !== null && now - pass.startedAt < goneOnWithinMs;
  const startedAt = goesOn ? pass.startedAt : now;
  const days = daysToRead(state, first, newest).filter((day) => !goesOn || day > pass.day);
  for (const [at, day] of days.entries()) {
    const read = await readDay(client, { login, day, known: known.get(day) ?? [], state });
    if (read.refused !== null) {
      const gap = noReportGap(read.refused, login);
      yield lastBatch({ ...state, checkedAt: null }, [...gapsOf(state), gap]);
      return;
    }
    state = withDay(state, day, read, startedAt);
    const { records, tombstones } = read;
    const totalEstimate = days.length - at;
    yield { records, tombstones, state: { ...state }, complete: false, gaps: [], totalEstimate };
  }
  state = { ...state, pass: null, checkedAt: client.serverNow() };
  yield lastBatch(state, gapsOf(state));
}

function lastBatch(state: CopilotUsageState, gaps: readonly UsageGap[]): Batch {
  return { records: [], tombstones: [], state: { ...state }, complete: true, gaps };
}

function gapsOf({ missing, withoutTeams, keptTeams, broken }: CopilotUsageState): UsageGap[] {
  return dayGaps({ missing, withoutTeams, keptTeams, broken });
}

/** The records that are held, by their day: `2026-05-07/0`. */
async function knownByDay(request: ReadRequest): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>();
  for await (const id of request.knownExternalIds?.() ?? []) {
    const day = id.slice(0, 10);
    known.set(day, [...(known.get(day) ?? []), id]);
  }
  return known;
}

function newestDay(told: string | null, now: number): string {
  const yesterday = addDays(dayOf(now), -1);
  return told !== null && told <= yesterday ? told : yesterday;
}

function daysToRead(
  { readTo, missing, withoutTeams, keptTeams, broken }: CopilotUsageState,
  first: string,
  newest: string,
): string[] {
  if (readTo === null) return daysBetween(first, newest);
  const from = latestDay(first, addDays(readTo, 1 - settlingDays));
  const earliest = addDays(newest, 1 - askedAgainDays);
  const inPart = new Set([...missing, ...withoutTeams, ...keptTeams, ...broken]);
  const again = [...inPart].filter((day) => day >= earliest && day < from);
  return [...again.toSorted(), ...daysBetween(from, newest)];
}

interface ReadDay {
  records: SourceRecord[];
  tombstones: string[];
  isMissing: boolean;
  isBroken: boolean;
  hasTeams: boolean;
  /** True where the record held is left as it is, for the teams that it tells. */
  keepsTeams: boolean;
  /** Set where reports are no longer given at all. */
  refused: 'not_permitted' | 'switched_off' | null;
}

async function readDay(
  client: GithubClient,
  about: { login: string; day: string; known: readonly string[]; state: CopilotUsageState },
): Promise<ReadDay> {
  const { login, day, known, state } = about;
  const isKnown = known.length > 0;
  const knowsTeams = isKnown && !state.withoutTeams.includes(day);
  /** What is held stays, and so does what is known to be wrong with it. */
  const asItWas: ReadDay = {
    records: [],
    tombstones: [],
    isMissing: !isKnown,
    isBroken: isKnown && state.broken.includes(day),
    hasTeams: !isKnown || knowsTeams,
    keepsTeams: isKnown && state.keptTeams.includes(day),
    refused: null,
  };
  const users = await readReport(client, login, 'users-1-day', day);
  if (users.kind === 'none') {
    const { reason } = users;
    const refused = reason === 'not_permitted' || reason === 'switched_off' ? reason : null;
    // A report that was there and is not any more takes nothing with it.
    return { ...asItWas, refused };
  }
  const teams = await readReport(client, login, 'user-teams-1-day', day);
  const hasTeams = teams.kind === 'rows' && teams.broken === 0;
  const { people, unreadable } = joinUsage(day, users.rows, hasTeams ? teams.rows : null);
  const isBroken = users.broken + unreadable > 0;
  // Half a report would take away what an earlier, whole one gave.
  if (isBroken && isKnown) return { ...asItWas, isBroken };
  // An empty one tells of nobody where somebody is known: it is as good as none.
  if (people.length === 0 && isKnown) return asItWas;
  // Without teams it would take away those that an earlier one told.
  if (!hasTeams && knowsTeams) return { ...asItWas, keepsTeams: true };
  const records = recordsOf(day, people);
  const given = new Set(records.map(({ externalId }) => externalId));
  const tombstones = known.filter((id) => !given.has(id)).toSorted();
  const found = { isMissing: false, isBroken, hasTeams, keepsTeams: false, refused: null };
  return { records, tombstones, ...found };
}

function recordsOf(day: string, people: AiUsagePayload['people']): SourceRecord[] {
  const records: SourceRecord[] = [];
  for (let start = 0; start < people.length; start += peopleOfRecord) {
    const payload: AiUsagePayload = { day, people: people.slice(start, start + peopleOfRecord) };
    records.push({ externalId: `${day}/${start / peopleOfRecord}`, payload });
  }
  return records;
}
