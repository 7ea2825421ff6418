import type {
  Batch,
  ConnectorContext,
  DomainRows,
  ReadMode,
  RequestBudget,
  Scope,
  StreamState,
} from '@adjutant/core';
import { silentLogger, systemClock } from '@adjutant/core/ports';
import type { GitConfig } from '../config.ts';
import { git } from '../connector.ts';

/** What a store would hold of one scope, kept the way the runner keeps it. */
export interface Memory {
  scope: Scope;
  records: Map<string, Map<string, unknown>>;
  states: Map<string, StreamState>;
  gaps: Map<string, Batch['gaps']>;
}

export interface MemorySyncOptions {
  mode?: ReadMode;
  signal?: AbortSignal;
  /** Stops after so many batches of the history, as a killed process does. */
  stopAfterBatches?: number;
  /** Gives the reader the ids that are held, as a store does. */
  tellsKnownIds?: boolean;
}

export interface MemorySyncResult {
  memory: Memory;
  /** Records given in this sync, by stream. */
  given: Record<string, number>;
  tombstones: Record<string, string[]>;
}

const budget: RequestBudget = { take: () => undefined, report: () => undefined, remaining: null };

/** Returns what a connector is handed, over a configuration of git. */
export function createGitContext(
  config: GitConfig,
  signal: AbortSignal = new AbortController().signal,
): ConnectorContext<GitConfig> {
  const configured = git(config);
  return {
    config: configured.config as GitConfig,
    clock: systemClock,
    logger: silentLogger,
    fetch,
    signal,
  };
}

/** Reads the first repository of a configuration into memory, from where an earlier sync ended. */
export async function syncIntoMemory(
  config: GitConfig,
  before?: Memory,
  options: MemorySyncOptions = {},
): Promise<MemorySyncResult> {
  const context = createGitContext(config, options.signal);
  const discovered = await git.definition.discover(context)[Symbol.asyncIterator]().next();
  if (discovered.done) throw new Error('No repository was discovered.');
  const scope = discovered.value;
  const memory: Memory = before ?? {
    scope,
    records: new Map(),
    states: new Map(),
    gaps: new Map(),
  };
  const given: Record<string, number> = {};
  const tombstones: Record<string, string[]> = {};
  for (const stream of git.definition.streams) {
    const held = memory.records.get(stream.id) ?? new Map<string, unknown>();
    memory.records.set(stream.id, held);
    given[stream.id] = 0;
    tombstones[stream.id] = [];
    let batches = 0;
    const request = {
      stream: stream.id,
      scope,
      mode: options.mode ?? (memory.states.has(stream.id) ? 'incremental' : 'backfill'),
      state: memory.states.get(stream.id) ?? null,
      budget,
      ...(options.tellsKnownIds === true
        ? {
            async *knownExternalIds() {
              yield* held.keys();
            },
          }
        : {}),
    } as const;
    for await (const batch of stream.read(context, request)) {
      // As the store does: JSON is what is kept.
      for (const { externalId, payload } of batch.records) {
        held.set(externalId, JSON.parse(JSON.stringify(payload)));
      }
      for (const id of batch.tombstones) held.delete(id);
      memory.states.set(stream.id, JSON.parse(JSON.stringify(batch.state)) as StreamState);
      if (batch.complete) memory.gaps.set(stream.id, batch.gaps);
      given[stream.id] = (given[stream.id] ?? 0) + batch.records.length;
      tombstones[stream.id]?.push(...batch.tombstones);
      batches += 1;
      if (stream.id === 'history' && batches === options.stopAfterBatches) {
        return { memory, given, tombstones };
      }
    }
  }
  return { memory, given, tombstones };
}

type Rows = { [Kind in keyof DomainRows]-?: NonNullable<DomainRows[Kind]>[number][] };

/** Returns the domain rows that the records of a memory stand for. */
export function rowsOf(memory: Memory, config: GitConfig): Rows {
  const rows: Record<string, unknown[]> = {
    accounts: [],
    identityMappings: [],
    repositories: [],
    commits: [],
    commitParents: [],
    pullRequests: [],
    pullRequestCommits: [],
    releases: [],
    releaseCommits: [],
    deployments: [],
    deploymentChanges: [],
    aiEvidence: [],
  };
  const context = createGitContext(config);
  for (const stream of git.definition.streams) {
    for (const payload of memory.records.get(stream.id)?.values() ?? []) {
      const mapped = stream.map(stream.payloadSchema.parse(payload), memory.scope, context.config);
      for (const [kind, added] of Object.entries(mapped)) {
        rows[kind]?.push(...(added as readonly unknown[]));
      }
    }
  }
  return rows as Rows;
}

/** Returns the codes of all gaps, in order. */
export function gapCodes(memory: Memory): string[] {
  return [...memory.gaps.values()].flatMap((gaps) => gaps.map(({ code }) => code)).toSorted();
}
