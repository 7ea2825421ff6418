import { and, eq, gt, sql } from 'drizzle-orm';
import type { StreamResult, SyncOptions } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { readKnownEmails } from '../identity/known-emails.ts';
import type { Logger } from '../logger.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { commitBatch, prepareBatch, type PreparedBatch } from './commit-batch.ts';
import type { CrashPoint } from './crash-point.ts';
import type {
  Batch,
  ConnectorContext,
  ReadMode,
  RequestBudget,
  Scope,
  StreamDefinition,
  StreamState,
} from './define-connector.ts';
import { readDeliveries } from '../webhooks/deliveries.ts';
import { isCredentialRefused } from './credential-refused.ts';
import { createProgressReporter } from './progress.ts';
import { readAhead } from './read-ahead.ts';
import type { CountingBudget } from './request-budget.ts';
import type { SourceWatch } from './source-watch.ts';

const leaseDurationMs = 60_000;
const maxAttempts = 5;

export interface StreamPass {
  store: Store;
  workspaceId: string;
  source: string;
  scope: Scope;
  stream: StreamDefinition<unknown, never>;
  context: ConnectorContext<unknown>;
  budget: CountingBudget;
  clock: Clock;
  logger: Logger;
  options: SyncOptions;
  /** Whether a webhook hinted at it. */
  isHinted: boolean;
  reach: CrashPoint;
  /** From 0 up to 1, for jitter. */
  random: () => number;
  watch: SourceWatch;
  /** Called after each batch: what was written is to be found before the pass has ended. */
  indexMeanwhile: () => Promise<void>;
  /** What was read of it in this pass so far: it goes on from turn to turn. */
  tally: Tally;
  /** Whether somebody else's turn has come; asked while there is more to read. */
  isTurnOver: () => boolean;
}

/** What was read of one stream of one scope in a pass. */
export interface Tally {
  records: number;
  rowsChanged: number;
  /** Null before its first turn. @unit epoch milliseconds */
  startedAt: number | null;
}

/**
 * Reads one stream of one scope to its end and returns what came of it; null where its turn was over
 * before, and it goes on from there at its next one. It never throws.
 */
export async function readStream(pass: StreamPass): Promise<StreamResult | null> {
  const { tally } = pass;
  const place = { source: pass.source, scope: pass.scope.name, stream: pass.stream.id };
  const result = (outcome: StreamResult['outcome'], error: StreamResult['error'] = null) => ({
    ...place,
    records: tally.records,
    rowsChanged: tally.rowsChanged,
    outcome,
    error,
  });
  let lease: Lease | null = null;
  try {
    lease = await acquireLease(pass.store, {
      workspaceId: pass.workspaceId,
      name: `sync:${pass.source}:${pass.scope.externalId}:${pass.stream.id}`,
      durationMs: leaseDurationMs,
      clock: pass.clock,
    });
    if (lease === null) return result('skipped');
    await pass.reach('lease_acquired');
    return (await readWithRetry(pass, lease)) ? result('complete') : null;
  } catch (error) {
    if (pass.options.signal?.aborted) return result('interrupted');
    const described = describe(error);
    pass.logger.log('error', 'A stream could not be read.', { ...place, ...described });
    if (AdjutantError.isInstance(error) && error.code === 'RateLimited') {
      pass.watch.waiting(error.retryAfterMs ?? 0);
    }
    // A refused credential is no matter of this stream: it is told once, of the whole source.
    if (!isCredentialRefused(described)) {
      await recordError(pass, described.message).catch(() => undefined);
    }
    return result('failed', described);
  } finally {
    if (lease !== null) {
      await pass.reach('before_release');
      await lease.release().catch(() => undefined);
    }
  }
}

/** Goes on from the last committed batch after errors that may pass by themselves. */
async function readWithRetry(pass: StreamPass, lease: Lease): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(pass, lease);
    } catch (error) {
      const retryable = AdjutantError.isInstance(error) && error.retryable;
      if (!retryable || attempt >= maxAttempts || pass.options.signal?.aborted) throw error;
      const backoffMs = Math.min(60_000, 500 * 2 ** attempt) * (0.5 + pass.random() / 2);
      const waitMs = Math.max(error.retryAfterMs ?? 0, backoffMs);
      pass.logger.log('warn', 'Waiting before another attempt.', { code: error.code, waitMs });
      if (error.code === 'RateLimited') pass.watch.waiting(waitMs);
      await pass.clock.sleep(waitMs, pass.options.signal);
    }
  }
}

/** Returns whether the stream was read to its end. */
async function readOnce(pass: StreamPass, lease: Lease): Promise<boolean> {
  const { tally, store, workspaceId, source, scope, stream, clock, context, budget } = pass;
  const passStartedAt = clock.now();
  const cursor = await readCursor(pass);
  const { mode, state, backfillSince } = planPass(pass.options, cursor);
  const report = createProgressReporter(pass);
  // What a connector tells is of this reading; turns and attempts before it have read some already.
  const recordsBefore = tally.records;
  let estimate: number | null = null;
  let committing: Promise<unknown> = Promise.resolve();
  const told: RequestBudget = {
    take: (count) => budget.take(count),
    report: (left, limit) => budget.report(left, limit),
    waiting(milliseconds) {
      pass.watch.waiting(milliseconds);
      report(tally.records, estimate, 'waiting', milliseconds);
    },
    get remaining() {
      return budget.remaining;
    },
  };
  const batches = stream.read(context, {
    stream: stream.id,
    scope,
    mode,
    state,
    ...(backfillSince === null || backfillSince === 0 ? {} : { since: backfillSince }),
    ...(pass.isHinted ? { isHinted: true } : {}),
    budget: told,
    // Reading is a batch ahead of writing; whoever asks what is stored has it all.
    async *knownExternalIds() {
      await committing;
      yield* readKnownExternalIds(pass);
    },
    async *knownEmails() {
      await committing;
      yield* await readKnownEmails(store, workspaceId, source);
    },
    async storedPayloads(externalIds) {
      await committing;
      return readStoredPayloads(pass, externalIds);
    },
    deliveries: (after) => readDeliveries(store, { workspaceId, source }, after),
  });
  const batchContext = {
    store,
    workspaceId,
    source,
    scope,
    stream,
    config: context.config,
    lease,
    clock,
    passStartedAt,
    backfillSince,
    reach: pass.reach,
  };
  const prepare = (batch: Batch): Promise<PreparedBatch> => prepareBatch(batchContext, batch);
  const write = async (prepared: PreparedBatch): Promise<void> => {
    const { batch } = prepared;
    pass.options.signal?.throwIfAborted();
    const commit = commitBatch(batchContext, prepared);
    committing = commit.catch(() => undefined);
    tally.rowsChanged += await commit;
    tally.records += batch.records.length;
    estimate = batch.totalEstimate === undefined ? null : recordsBefore + batch.totalEstimate;
    report(tally.records, estimate, batch.complete ? 'done' : 'reading');
    await pass.indexMeanwhile();
    await yieldToEventLoop();
  };
  // Only a backfill has turns: whatever else a pass reads begins anew where it is cut off.
  const goesOn = ({ batch }: PreparedBatch): boolean =>
    mode !== 'backfill' || batch.complete || !pass.isTurnOver();
  return readAhead(batches, prepare, write, goesOn);
}

/**
 * A backfill that was asked for goes on where it was cut off, also when the next pass is an ordinary
 * one: its state stands in the middle of the history, where an incremental pass must not begin.
 */
function planPass(
  options: SyncOptions,
  cursor: Awaited<ReturnType<typeof readCursor>>,
): { mode: ReadMode; state: StreamState | null; backfillSince: number | null } {
  const { mode = 'auto' } = options;
  const state = cursor?.state ?? null;
  const underWay = cursor?.backfillSince ?? null;
  if (mode === 'backfill') {
    const backfillSince = options.since ?? 0;
    return { mode, state: underWay === backfillSince ? state : null, backfillSince };
  }
  if (mode !== 'auto') return { mode, state, backfillSince: null };
  if (underWay !== null) return { mode: 'backfill', state, backfillSince: underWay };
  return { mode: cursor?.complete ? 'incremental' : 'backfill', state, backfillSince: null };
}

/** Yields what the store holds of the stream, for a source that has lost track. */
async function* readKnownExternalIds(pass: StreamPass): AsyncIterable<string> {
  const { rawRecords } = tables;
  const pageSize = 5_000;
  for (let after = ''; ; ) {
    const page = await pass.store.read
      .select({ externalId: rawRecords.externalId })
      .from(rawRecords)
      .where(
        and(
          eq(rawRecords.workspaceId, pass.workspaceId),
          eq(rawRecords.source, pass.source),
          eq(rawRecords.scopeExternalId, pass.scope.externalId),
          eq(rawRecords.stream, pass.stream.id),
          gt(rawRecords.externalId, after),
        ),
      )
      .orderBy(rawRecords.externalId)
      .limit(pageSize);
    for (const row of page) yield row.externalId;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.externalId;
    await yieldToEventLoop();
  }
}

/** Returns what the store holds of these records, in the form in which the stream gave them. */
async function readStoredPayloads(
  { store, workspaceId, source, scope, stream }: StreamPass,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  // Each by its key: the planner would look through the whole scope for them.
  const rows = await queryTuples<[string, string]>(
    store.read,
    sql`select r.external_id, r.payload
      from json_each(${JSON.stringify(externalIds)}) asked cross join raw_records r
        on r.workspace_id = ${workspaceId} and r.source = ${source}
        and r.scope_external_id = ${scope.externalId} and r.external_id = asked.value
        and r.stream = ${stream.id}`,
  );
  return new Map(
    rows.map(([externalId, payload]): [string, unknown] => [externalId, JSON.parse(payload)]),
  );
}

async function readCursor(pass: StreamPass) {
  const { syncCursors } = tables;
  const [cursor] = await pass.store.read
    .select()
    .from(syncCursors)
    .where(
      and(
        eq(syncCursors.workspaceId, pass.workspaceId),
        eq(syncCursors.source, pass.source),
        eq(syncCursors.scopeExternalId, pass.scope.externalId),
        eq(syncCursors.stream, pass.stream.id),
      ),
    );
  return cursor;
}

async function recordError(pass: StreamPass, message: string): Promise<void> {
  const { syncCursors } = tables;
  const key = {
    workspaceId: pass.workspaceId,
    source: pass.source,
    scopeExternalId: pass.scope.externalId,
    stream: pass.stream.id,
  };
  await pass.store.transaction(async (transaction) => {
    await transaction
      .insert(syncCursors)
      .values({
        ...key,
        state: {},
        complete: false,
        lastStartedAt: pass.clock.now(),
        lastError: message,
      })
      .onConflictDoUpdate({
        target: [
          syncCursors.workspaceId,
          syncCursors.source,
          syncCursors.scopeExternalId,
          syncCursors.stream,
        ],
        set: { lastError: message },
      });
  });
}

function describe(error: unknown): NonNullable<StreamResult['error']> {
  if (AdjutantError.isInstance(error)) {
    return { code: error.code, message: error.message, hint: error.hint };
  }
  // A foreign error's text may carry anything; only its name is safe to keep.
  const name = error instanceof Error ? error.name : 'unknown';
  return { code: 'Internal', message: `Reading failed unexpectedly (${name}).`, hint: null };
}
