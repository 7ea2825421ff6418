import { z } from 'zod';
import {
  type Batch,
  type ConfiguredConnector,
  type ConnectorContext,
  type ReadMode,
  type ReadRequest,
  type Scope,
  silentLogger,
  type StreamState,
} from '../../packages/core/src/index.ts';
import type { Clock } from '../../packages/core/src/ports.ts';

type Stream = ConfiguredConnector['definition']['streams'][number];

interface Answer {
  given: string[];
  gone: string[];
  state: StreamState | null;
  isComplete: boolean;
}

/**
 * Returns in which modes each stream of a connector reads, by trying: `backfill` where a first pass
 * gives records and ends; `incremental` where a second one gives fewer; `census` where one that is
 * asked for finds that a record is gone; `refetch` where asking for one record gives that one alone.
 */
export async function tryReadModes(
  connector: ConfiguredConnector,
  clock: Clock,
): Promise<Record<string, ReadMode[]>> {
  const { definition } = connector;
  const found: Record<string, ReadMode[]> = {};
  for await (const scope of definition.discover(contextOf(connector, clock))) {
    for (const stream of definition.streams) {
      if (stream.appliesTo?.(scope) === false) continue;
      const modes = await tryStream(connector, clock, scope, stream);
      // A scope may have nothing of a kind; another may have it.
      if (modes !== null) found[stream.id] ??= modes;
    }
  }
  return found;
}

async function tryStream(
  connector: ConfiguredConnector,
  clock: Clock,
  scope: Scope,
  stream: Stream,
): Promise<ReadMode[] | null> {
  const read = async (request: Pick<ReadRequest, 'mode' | 'state'> & Partial<ReadRequest>) =>
    answerOf(stream.read(contextOf(connector, clock), { ...requestOf(scope, stream), ...request }));
  const first = await read({ mode: 'backfill', state: null });
  const [one] = first.given;
  if (one === undefined || !first.isComplete) return null;
  const known = new Set(first.given);
  const knownIds = (more: readonly string[] = []) => ({
    async *knownExternalIds() {
      yield* [...known, ...more];
    },
  });
  const { state } = first;
  const second = await read({ mode: 'incremental', state, ...knownIds() });
  // An id like the others, of a record that the source does not have.
  const phantom = `${one}9`;
  const census = await read({ mode: 'census', state, ...knownIds([phantom]) });
  const refetched = await read({ mode: 'refetch', state, ids: [one], ...knownIds() });
  const isRefetched = refetched.given.length === 1 && refetched.given[0] === one && known.size > 1;
  return [
    'backfill',
    ...(second.given.length < first.given.length ? (['incremental'] as const) : []),
    ...(census.gone.length === 1 && census.gone[0] === phantom ? (['census'] as const) : []),
    ...(isRefetched ? (['refetch'] as const) : []),
  ];
}

function requestOf(scope: Scope, { id }: Stream): Omit<ReadRequest, 'mode' | 'state'> {
  return {
    stream: id,
    scope,
    budget: { take: () => undefined, report: () => undefined, remaining: null },
  };
}

/** A pass of its own: connectors keep what a pass learns by its context. */
function contextOf({ config }: ConfiguredConnector, clock: Clock): ConnectorContext<unknown> {
  const { signal } = new AbortController();
  return { config, clock, logger: silentLogger, fetch, signal };
}

async function answerOf(batches: AsyncIterable<Batch>): Promise<Answer> {
  const answer: Answer = { given: [], gone: [], state: null, isComplete: false };
  for await (const batch of batches) {
    answer.given.push(...batch.records.map(({ externalId }) => externalId));
    answer.gone.push(...batch.tombstones);
    // What a store would have read back.
    answer.state = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(batch.state)));
    answer.isComplete ||= batch.complete;
  }
  return answer;
}
