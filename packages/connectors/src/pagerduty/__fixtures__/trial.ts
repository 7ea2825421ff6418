import {
  AdjutantError,
  type Batch,
  type ConnectorContext,
  type DomainRows,
  type ReadMode,
  silentLogger,
  type StreamState,
} from '@adjutant/core';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { onTestFinished } from 'vitest';
import { type PagerdutyConfig, pagerdutyConfigSchema } from '../config.ts';
import { pagerduty } from '../connector.ts';
import {
  type PagerdutyTwin,
  type PagerdutyTwinOptions,
  startPagerdutyTwin,
} from '../testing/start-pagerduty-twin.ts';
import { makeWorld, type World } from './make-world.ts';

export const now = Date.parse('2026-11-20T12:00:00Z');

type Incident = NonNullable<DomainRows['incidents']>[number];

export interface PassResult {
  errors: AdjutantError[];
  /** Paths that were asked for, without their queries. */
  asked: string[];
  /** Ids of records that were given, by stream. */
  given: Record<string, string[]>;
}

/** What a pass goes over, and what happens meanwhile. */
export interface PassCourse {
  /** How far back a backfill goes. */
  since?: number;
  /** What the configuration says now. */
  config?: Partial<PagerdutyConfig>;
  /** The only scope that is read. */
  only?: string;
  /** Called with each scope before it is read. */
  onScope?: (externalId: string) => void;
}

export interface SyncTrial extends World {
  twin: PagerdutyTwin;
  clock: FakeClock;
  /** Reads every stream of every scope, as the runner does. */
  pass: (mode?: ReadMode, stopAfter?: number, course?: PassCourse) => Promise<PassResult>;
  incidents: () => Map<string, Incident>;
  rows: () => Required<Pick<DomainRows, 'accounts' | 'accountGroups' | 'accountGroupMembers'>>;
  /** What happened to an incident, oldest first. */
  events: (incidentId: string) => NonNullable<DomainRows['incidentEvents']>;
  gapCodes: () => string[];
}

export interface TrialOptions extends Partial<Omit<PagerdutyTwinOptions, 'data' | 'clock'>> {
  incidents?: number;
  config?: Partial<Parameters<typeof pagerduty>[0]>;
}

interface Place {
  records: Map<string, unknown>;
  state: StreamState | null;
  isComplete: boolean;
  gaps: Batch['gaps'];
}

/** Starts a twin and reads it into memory; both end with the test. */
export async function startSyncTrial({
  incidents = 12,
  config: more = {},
  ...twinOptions
}: TrialOptions = {}): Promise<SyncTrial> {
  const clock = createFakeClock(now);
  const world = makeWorld({ incidents, to: now });
  const twin = await startPagerdutyTwin({ data: world.data, clock, ...twinOptions });
  onTestFinished(twin.close);
  const config = pagerdutyConfigSchema.parse({
    baseUrl: twin.apiUrl,
    eventsUrl: twin.eventsUrl,
    token: twin.token,
    ...more,
  });
  const places = new Map<string, Place>();
  const { definition } = pagerduty;
  const rowsOf = (): DomainRows[] =>
    [...places].flatMap(([key, { records }]) => {
      const stream = definition.streams.find(({ id }) => key.endsWith(` ${id}`));
      if (stream === undefined) return [];
      const scope = { externalId: key, name: key, detail: {} };
      return [...records.values()].map((record) =>
        stream.map(stream.payloadSchema.parse(record), scope, config),
      );
    });
  return {
    ...world,
    twin,
    clock,
    pass: async (mode, stopAfter = Number.POSITIVE_INFINITY, course = {}) => {
      const before = twin.requests.length;
      const limits = { mode, stopAfter, ...course };
      const result = await readAll(
        contextOf({ ...config, ...course.config }, clock),
        places,
        limits,
      );
      const asked = twin.requests.slice(before).map(({ path }) => path.split('?')[0] ?? '');
      return { ...result, asked };
    },
    incidents: () =>
      new Map(rowsOf().flatMap(({ incidents: rows = [] }) => rows.map((row) => [row.externalId, row]))),
    rows: () => ({
      accounts: rowsOf().flatMap(({ accounts = [] }) => accounts),
      accountGroups: rowsOf().flatMap(({ accountGroups = [] }) => accountGroups),
      accountGroupMembers: rowsOf().flatMap(({ accountGroupMembers = [] }) => accountGroupMembers),
    }),
    events: (incidentId) =>
      rowsOf().flatMap(({ incidentEvents = [] }) =>
        incidentEvents.filter(({ incidentExternalId }) => incidentExternalId === incidentId),
      ),
    gapCodes: () => [
      ...new Set([...places.values()].flatMap(({ gaps }) => gaps.map(({ code }) => code))),
    ],
  };
}

/** Returns what a connector is handed. */
export function contextOf(
  config: PagerdutyConfig,
  clock: FakeClock,
): ConnectorContext<PagerdutyConfig> {
  const { signal } = new AbortController();
  return { config, clock, logger: silentLogger, fetch, signal };
}

async function readAll(
  context: ConnectorContext<PagerdutyConfig>,
  places: Map<string, Place>,
  { mode, stopAfter, since, only, onScope }: PassCourse & { mode: ReadMode | undefined; stopAfter: number },
): Promise<Omit<PassResult, 'asked'>> {
  const result: Omit<PassResult, 'asked'> = { errors: [], given: {} };
  let batches = 0;
  const noted = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!AdjutantError.isInstance(error)) throw error;
      result.errors.push(error);
    }
  };
  await noted(async () => {
    for await (const scope of pagerduty.definition.discover(context)) {
      if (only !== undefined && scope.externalId !== only) continue;
      onScope?.(scope.externalId);
      for (const stream of pagerduty.definition.streams) {
        if (stream.appliesTo?.(scope) === false || batches >= stopAfter) continue;
        const key = `${scope.externalId} ${stream.id}`;
        const place = places.get(key) ?? emptyPlace();
        places.set(key, place);
        const request = {
          stream: stream.id,
          scope,
          mode: mode ?? (place.isComplete ? 'incremental' : 'backfill'),
          state: mode === 'backfill' ? null : place.state,
          ...(since === undefined ? {} : { since }),
          async *knownExternalIds() {
            yield* place.records.keys();
          },
          budget: { take: () => undefined, report: () => undefined, remaining: null },
        };
        await noted(async () => {
          for await (const batch of stream.read(context, request)) {
            take(place, batch);
            const given = batch.records.map(({ externalId }) => externalId);
            (result.given[stream.id] ??= []).push(...given);
            batches += 1;
            if (batches >= stopAfter) break;
          }
        });
      }
    }
  });
  return result;
}

function emptyPlace(): Place {
  return { records: new Map(), state: null, isComplete: false, gaps: [] };
}

function take(place: Place, { records, tombstones, state, complete, gaps }: Batch): void {
  for (const id of tombstones) place.records.delete(id);
  for (const { externalId, payload } of records) {
    place.records.set(externalId, JSON.parse(JSON.stringify(payload)));
  }
  // What a store would have read back.
  place.state = JSON.parse(JSON.stringify(state)) as StreamState;
  if (!complete) return;
  place.gaps = gaps;
  place.isComplete = true;
}
