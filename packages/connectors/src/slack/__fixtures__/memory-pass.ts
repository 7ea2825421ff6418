import {
  AdjutantError,
  type Batch,
  type ConnectorContext,
  type ReadMode,
  type RequestBudget,
  type Scope,
  silentLogger,
  type StreamState,
} from '@adjutant/core';
import type { ChatThread } from '@adjutant/core/domain';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { slackConfigSchema } from '../config.ts';
import { slack } from '../connector.ts';
import type { SlackTwin } from '../testing/start-slack-twin.ts';

interface Place {
  scope: Scope;
  stream: string;
  records: Map<string, unknown>;
  state: StreamState | null;
  gaps: Batch['gaps'];
}

export interface MemoryPasses {
  clock: FakeClock;
  places: Map<string, Place>;
  /** Makes one pass and returns how many requests it took, by method. */
  pass: (options?: {
    mode?: ReadMode;
    stopAfter?: number;
    since?: number;
  }) => Promise<{ requests: Record<string, number>; errors: AdjutantError[] }>;
  threads: () => ChatThread[];
  gapCodes: (stream: string) => string[];
}

/** Keeps what the connector gives as the runner does. */
export function createMemoryPasses(
  twin: SlackTwin,
  config: Readonly<Record<string, unknown>>,
  clock: FakeClock = createFakeClock(Date.now()),
): MemoryPasses {
  const parsed = slackConfigSchema.parse({ baseUrl: twin.baseUrl, token: twin.token, ...config });
  const places = new Map<string, Place>();
  const budget: RequestBudget = { take: () => undefined, report: () => undefined, remaining: null };
  return {
    clock,
    places,
    async pass(options = {}) {
      const from = twin.requests.length;
      const errors: AdjutantError[] = [];
      const context: ConnectorContext<typeof parsed> = {
        config: parsed,
        clock,
        logger: silentLogger,
        fetch,
        signal: new AbortController().signal,
      };
      let batches = 0;
      try {
        for await (const scope of slack.definition.discover(context)) {
          for (const stream of slack.definition.streams) {
            if (stream.appliesTo?.(scope) === false) continue;
            const key = `${scope.externalId} ${stream.id}`;
            const place = places.get(key) ?? {
              scope,
              stream: stream.id,
              records: new Map<string, unknown>(),
              state: null,
              gaps: [],
            };
            places.set(key, place);
            const { mode = place.state === null ? 'backfill' : 'incremental', since } = options;
            const given = stream.read(context, {
              stream: stream.id,
              scope,
              mode,
              state: place.state,
              ...(since === undefined ? {} : { since }),
              async *knownExternalIds() {
                yield* [...place.records.keys()];
              },
              budget,
            });
            for await (const batch of given) {
              for (const id of batch.tombstones) place.records.delete(id);
              for (const { externalId, payload } of batch.records) {
                place.records.set(externalId, JSON.parse(JSON.stringify(payload)));
              }
              place.state = JSON.parse(JSON.stringify(batch.state)) as StreamState;
              if (batch.complete) place.gaps = batch.gaps;
              if (stream.id === 'threads') batches += 1;
              if (batches === options.stopAfter) return { requests: counted(twin, from), errors };
            }
          }
        }
      } catch (error) {
        if (!AdjutantError.isInstance(error)) throw error;
        errors.push(error);
      }
      return { requests: counted(twin, from), errors };
    },
    threads: () => threadsOf(places),
    gapCodes: (stream) =>
      [...places.values()]
        .filter((place) => place.stream === stream)
        .flatMap(({ gaps }) => gaps.map(({ code }) => code))
        .toSorted(),
  };
}

function counted(twin: SlackTwin, from: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method } of twin.requests.slice(from)) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}

function threadsOf(places: ReadonlyMap<string, Place>): ChatThread[] {
  const stream = slack.definition.streams.find(({ id }) => id === 'threads');
  const rows: ChatThread[] = [];
  for (const place of places.values()) {
    if (stream === undefined || place.stream !== 'threads') continue;
    for (const record of place.records.values()) {
      const payload = stream.payloadSchema.parse(record);
      const mapped = stream.map(payload, place.scope, slackConfigSchema.parse({ channels: ['x'] }));
      rows.push(...(mapped.chatThreads ?? []));
    }
  }
  return rows.toSorted((a, b) => a.startedAt - b.startedAt);
}
