import {
  AdjutantError,
  type Batch,
  type ConfiguredConnector,
  type ConnectorContext,
  type DomainRows,
  type ReadMode,
  type RequestBudget,
  type Scope,
  silentLogger,
  type StreamDefinition,
  type StreamState,
} from '@adjutant/core';
import type { FakeClock } from '@adjutant/core/testing';

export interface Place {
  scope: Scope;
  stream: StreamDefinition<unknown, never>;
  records: Map<string, unknown>;
  state: StreamState | null;
  complete: boolean;
  gaps: Batch['gaps'];
  /** What the last pass did here: to its end, not to its end, or not at all. */
  outcome: 'read' | 'failed' | 'unread';
}

export interface MemoryPass {
  /** Records given, by stream. */
  given: Record<string, number>;
  errors: AdjutantError[];
  batches: number;
}

export interface PassOptions {
  mode?: ReadMode;
  ids?: readonly string[];
  /** How far back a backfill goes. */
  since?: number;
  /** Addresses that other sources vouch for. */
  knownEmails?: readonly string[];
  /** Ends after so many batches, as a killed process does. */
  stopAfter?: number;
}

export interface MemoryStore {
  pass(options?: PassOptions): Promise<MemoryPass>;
  places: ReadonlyMap<string, Place>;
  /** Every row that is held, as text. */
  rows(): string[];
  gaps(): (Batch['gaps'][number] & { stream: string })[];
}

/** Keeps what the connector gives as the runner does, so that a test can compare it whole. */
export function createMemoryStore(
  { definition, config }: ConfiguredConnector,
  clock: FakeClock,
  { fetchFunction = fetch, from }: { fetchFunction?: typeof fetch; from?: MemoryStore } = {},
): MemoryStore {
  const places = new Map<string, Place>(from?.places);
  const pass = async (
    options: PassOptions = {},
  ): Promise<MemoryPass> => {
    const result: MemoryPass = { given: {}, errors: [], batches: 0 };
    for (const place of places.values()) place.outcome = 'unread';
    const context: ConnectorContext<unknown> = {
      config,
      clock,
      logger: silentLogger,
      fetch: fetchFunction,
      signal: new AbortController().signal,
    };
    const budget: RequestBudget = { take: () => undefined, report: () => undefined, remaining: null };
    try {
      for await (const scope of definition.discover(context)) {
        for (const stream of definition.streams) {
          if (stream.appliesTo?.(scope) === false) continue;
          const place = placeOf(places, scope, stream);
          await readPlace(place, { context, budget, options, result });
          // A killed process reads nothing further.
          if (isStopped(result, options)) return result;
        }
      }
    } catch (error) {
      if (!AdjutantError.isInstance(error)) throw error;
      result.errors.push(error);
    }
    return result;
  };
  return { pass, places, rows: () => rowsOf(places, config), gaps: () => gapsOf(places) };
}

function isStopped({ batches }: MemoryPass, { stopAfter }: { stopAfter?: number }): boolean {
  return stopAfter !== undefined && batches >= stopAfter;
}

function placeOf(
  places: Map<string, Place>,
  scope: Scope,
  stream: StreamDefinition<unknown, never>,
): Place {
  const key = `${scope.externalId} ${stream.id}`;
  const present = places.get(key);
  if (present !== undefined) {
    present.scope = scope;
    return present;
  }
  const made = { scope, stream, records: new Map(), state: null, complete: false, gaps: [], outcome: 'unread' as const };
  places.set(key, made);
  return made;
}

async function readPlace(
  place: Place,
  {
    context,
    budget,
    options,
    result,
  }: {
    context: ConnectorContext<unknown>;
    budget: RequestBudget;
    options: PassOptions;
    result: MemoryPass;
  },
): Promise<void> {
  const { stream } = place;
  place.outcome = 'failed';
  const mode = options.mode ?? (place.complete ? 'incremental' : 'backfill');
  try {
    const batches = stream.read(context, {
      stream: stream.id,
      scope: place.scope,
      mode,
      state: options.mode === 'backfill' ? null : place.state,
      ...(options.ids === undefined ? {} : { ids: options.ids }),
      ...(options.since === undefined ? {} : { since: options.since }),
      async *knownExternalIds() {
        yield* [...place.records.keys()];
      },
      async *knownEmails() {
        yield* options.knownEmails ?? [];
      },
      budget,
    });
    for await (const batch of batches) {
      for (const id of batch.tombstones) place.records.delete(id);
      for (const { externalId, payload } of batch.records) {
        place.records.set(externalId, JSON.parse(JSON.stringify(payload)));
      }
      // What a store would have read back.
      place.state = JSON.parse(JSON.stringify(batch.state)) as StreamState;
      result.given[stream.id] = (result.given[stream.id] ?? 0) + batch.records.length;
      result.batches += 1;
      if (batch.complete) {
        place.gaps = batch.gaps;
        place.complete = true;
        place.outcome = 'read';
      }
      if (isStopped(result, options)) return;
    }
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    result.errors.push(error);
  }
}

/** Every row that the records stand for, in an order that equal stores share. */
function rowsOf(places: ReadonlyMap<string, Place>, config: unknown): string[] {
  const lines = new Set<string>();
  for (const { stream, scope, records } of places.values()) {
    for (const payload of records.values()) {
      const parsed = stream.payloadSchema.parse(payload);
      const rows: DomainRows = stream.map(parsed, scope, config);
      for (const [kind, list] of Object.entries(rows)) {
        for (const row of list as readonly unknown[]) lines.add(`${kind} ${JSON.stringify(row)}`);
      }
    }
  }
  return [...lines].toSorted();
}

function gapsOf(places: ReadonlyMap<string, Place>) {
  return [...places.values()].flatMap(({ stream, gaps }) =>
    gaps.map((gap) => ({ stream: stream.id, ...gap })),
  );
}
