import { queryTuples } from '../store/raw-query.ts';
import { hash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import type { DocumentText } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { allSettled } from '../store/all-settled.ts';
import { deleteRows, upsertRows } from '../store/bulk-write.ts';
import type { Database } from '../store/database.ts';
import {
  type DomainRowKind,
  domainRowKinds,
  domainTargets,
  ownedRowKinds,
  sharedRowKinds,
} from '../store/domain-targets.ts';
import { type Eraser, loadEraser } from '../erasure/eraser.ts';
import { maskDocument } from '../knowledge/mask-document.ts';
import type { Lease } from '../store/lease.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import {
  type Collected,
  type CollectedRows,
  collectRows,
  collectRowsInTurns,
} from './collect-rows.ts';
import type { CrashPoint } from './crash-point.ts';
import type { Batch, Scope, StreamDefinition } from './define-connector.ts';
import { markChanged, markDirtyPullRequests } from './mark-dirty.ts';
import { markRowsForSearch } from '../search/search-marks.ts';

const rawTarget = {
  table: tables.rawRecords,
  key: ['source', 'scopeExternalId', 'stream', 'externalId'],
  compared: ['contentHash'],
};

export interface BatchContext {
  store: Store;
  workspaceId: string;
  source: string;
  scope: Scope;
  stream: StreamDefinition<unknown, never>;
  config: unknown;
  lease: Lease;
  clock: Clock;
  passStartedAt: number;
  /** How far back a backfill that was asked for goes; null for every other pass. */
  backfillSince: number | null;
  reach: CrashPoint;
}

interface RawRow {
  source: string;
  stream: string;
  scopeExternalId: string;
  externalId: string;
  contentHash: string;
  payload: string;
  fetchedAt: number;
  headers: null;
  signature: null;
  deliveryNumber: null;
}

/** Hashing so many records takes a few milliseconds. */
const recordsBetweenYields = 250;

/** A batch and the rows that it stands for. */
export interface PreparedBatch extends Collected {
  batch: Batch;
  raw: RawRow[];
  /** How many marks of erased people it was made with. */
  marks: number;
}

/** Works out what a batch stands for; nothing is written yet. */
export async function prepareBatch(context: BatchContext, batch: Batch): Promise<PreparedBatch> {
  const { store, workspaceId, source, stream, scope, config } = context;
  const eraser = await loadEraser(store.read, workspaceId);
  const records = eraser.marks === 0 ? batch.records : await erasedRecords(batch, source, eraser);
  const raw: RawRow[] = [];
  // Before the first too: whoever made the batch may have been at it for long.
  for (const [position, record] of records.entries()) {
    if (position % recordsBetweenYields === 0) await yieldToEventLoop();
    raw.push(toRawRow(context, record));
  }
  await yieldToEventLoop();
  // The source goes on while this is written: what it may change by then is taken as it is now.
  const taken = {
    ...batch,
    tombstones: [...batch.tombstones],
    state: structuredClone(batch.state),
    gaps: structuredClone(batch.gaps),
    ...(batch.texts === undefined ? {} : { texts: await maskedTexts(batch.texts, eraser) }),
  };
  const collected = await collectRowsInTurns(stream, records, scope, config);
  return { batch: taken, raw, marks: eraser.marks, ...collected };
}

/** Whoever was erased is not brought back by what a source still says. */
async function erasedRecords(
  { records }: Batch,
  source: string,
  eraser: Eraser,
): Promise<Batch['records'][number][]> {
  const erased: Batch['records'][number][] = [];
  for (const { externalId, payload } of records) {
    if (erased.length % recordsBetweenYields === 0) await yieldToEventLoop();
    erased.push({
      externalId: eraser.text(externalId),
      // In the form that is stored, so that a record is the same before and after it was.
      payload: eraser.payload(source, JSON.parse(JSON.stringify(payload))),
    });
  }
  return erased;
}

/** What a document tells that opens a door is never written: no index, answer or embedder can meet with it. */
async function maskedTexts(
  texts: readonly DocumentText[],
  eraser: Eraser,
): Promise<DocumentText[]> {
  const masked: DocumentText[] = [];
  for (const { hash: textHash, text } of texts) {
    masked.push({ hash: textHash, text: eraser.text(maskDocument(text)) });
    await yieldToEventLoop();
  }
  return masked;
}

/**
 * Commits a batch: raw records, domain rows, deletions, gaps and the cursor in one transaction.
 * Returns how many rows changed; a second delivery of the same batch changes none.
 */
export async function commitBatch(
  context: BatchContext,
  { batch, raw, marks, rows, unreadable }: PreparedBatch,
): Promise<number> {
  const { store, reach } = context;
  await reach('before_transaction');
  const changed = await store.transaction(async (transaction) => {
    // Deletions first: a row that has moved from a record now gone to one of this batch must stay.
    let changedRows = await removeTombstones(transaction, context, batch.tombstones);
    // What does not hang on an answer does not wait for it: a writer in a thread has the next at hand.
    const [, , outdated, changedRaw] = await allSettled([
      holdLease(transaction, context),
      refuseErased(transaction, context, marks),
      readOutdated(transaction, context, raw),
      upsertRows(transaction, rawTarget, context.workspaceId, raw),
    ]);
    changedRows += changedRaw + (await removeOutdated(transaction, context, outdated, rows));
    await reach('after_raw_records');
    if (batch.texts !== undefined) await writeTexts(transaction, context.workspaceId, batch.texts);
    // Raw records that are all known already stand for domain rows that are there already.
    if (changedRaw > 0) changedRows += await writeDomainRows(transaction, context, rows);
    await reach('after_domain_rows');
    await allSettled([
      writeGaps(transaction, context, batch, unreadable),
      writeCursor(transaction, context, batch),
    ]);
    await reach('after_cursor');
    if (changedRows > 0) await audit(transaction, context, batch, changedRows);
    await reach('before_commit');
    return changedRows;
  });
  await reach('after_commit');
  return changed;
}

const textsTarget = { table: tables.documentTexts, key: ['hash'], compared: ['hash'] };

function writeTexts(
  transaction: Database,
  workspaceId: string,
  texts: readonly DocumentText[],
): Promise<number> {
  return upsertRows(transaction, textsTarget, workspaceId, texts);
}

async function holdLease(transaction: Database, { lease, scope }: BatchContext): Promise<void> {
  if (await lease.renew(transaction)) return;
  throw new AdjutantError('Conflict', `Another process took over the sync of ${scope.name}.`, {
    hint: 'Nothing is lost: the other process goes on from the last committed batch.',
  });
}

/** Made before somebody was erased, a batch may name them: it is read again. */
async function refuseErased(
  transaction: Database,
  { workspaceId }: BatchContext,
  marks: number,
): Promise<void> {
  const [row] = await queryTuples<[number]>(
    transaction,
    sql`select count(*) from erasure_marks where workspace_id = ${workspaceId}`,
  );
  if (row?.[0] === marks) return;
  throw new AdjutantError('Conflict', 'Somebody was erased while this was read.', {
    hint: 'It is read again from the last committed batch.',
    retryable: true,
  });
}

function toRawRow(context: BatchContext, record: Batch['records'][number]): RawRow {
  const payload = JSON.stringify(record.payload);
  return {
    source: context.source,
    stream: context.stream.id,
    scopeExternalId: context.scope.externalId,
    externalId: record.externalId,
    contentHash: hash('sha256', payload, 'base64'),
    payload,
    fetchedAt: context.passStartedAt,
    // Fetched, not delivered: nobody signed it.
    headers: null,
    signature: null,
    deliveryNumber: null,
  };
}

/** Writes collected rows table by table and returns how many changed. */
export async function writeDomainRows(
  transaction: Database,
  context: Pick<BatchContext, 'workspaceId' | 'source'> & { clock: Pick<Clock, 'now'> },
  rows: CollectedRows,
): Promise<number> {
  const kinds: DomainRowKind[] = [];
  const writes: Promise<number>[] = [];
  for (const kind of domainRowKinds) {
    const added = rows.get(kind);
    if (added === undefined) continue;
    await yieldToEventLoop();
    const target = domainTargets[kind];
    const written = sharedRowKinds.has(kind) ? lastByKey(added, target.key) : added;
    const write = upsertRows(transaction, target, context.workspaceId, written);
    // Told below, with the others.
    write.catch(() => undefined);
    kinds.push(kind);
    writes.push(write);
    // In a thread the rows of one kind are written while those of the next are made.
    if (transaction.session.executeEach === undefined) await write;
  }
  const counts = await allSettled(writes);
  const changed = new Set(kinds.filter((_, place) => counts[place] !== 0));
  await markChanged(transaction, context.workspaceId, context.source, rows, changed);
  await markRowsForSearch(transaction, context, rows, changed);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A batch of commits names the same few accounts a thousand times; each is written once. */
function lastByKey(rows: readonly object[], key: readonly string[]): object[] {
  const byKey = new Map<string, object>();
  for (const row of rows) byKey.set(keyText(row, key), row);
  return [...byKey.values()];
}

function keyText(row: object, key: readonly string[]): string {
  const record = row as Readonly<Record<string, unknown>>;
  return key.map((name) => String(record[name])).join('\n');
}

/** What is gone at the source goes here too, by the rows that its stored record stands for. */
async function removeTombstones(
  transaction: Database,
  context: BatchContext,
  tombstones: readonly string[],
): Promise<number> {
  if (tombstones.length === 0) return 0;
  const { workspaceId, source, stream, scope, config } = context;
  const stored = await queryTuples<[string, string]>(
    transaction,
    sql`
    select external_id, payload from raw_records
    where workspace_id = ${workspaceId} and source = ${source} and stream = ${stream.id}
      and scope_external_id = ${scope.externalId}
      and external_id in (select value from json_each(${JSON.stringify(tombstones)}))`,
  );
  const records = stored.map(([externalId, payload]) => ({
    externalId,
    payload: JSON.parse(payload) as unknown,
  }));
  const { rows } = collectRows(stream, records, scope, config);
  let removed = 0;
  for (const kind of domainRowKinds) {
    const gone = rows.get(kind);
    if (gone === undefined || sharedRowKinds.has(kind)) continue;
    removed += await deleteRows(transaction, domainTargets[kind], workspaceId, gone);
  }
  const rawKeys = records.map(({ externalId }) => ({
    source,
    scopeExternalId: scope.externalId,
    stream: stream.id,
    externalId,
  }));
  removed += await deleteRows(transaction, rawTarget, workspaceId, rawKeys);
  await markDirtyPullRequests(transaction, workspaceId, source, rows);
  await markRowsForSearch(transaction, context, rows, null);
  return removed;
}

/** Returns the stored records of which the batch has another form. */
function readOutdated(
  transaction: Database,
  { workspaceId, source, stream, scope }: BatchContext,
  raw: readonly RawRow[],
): Promise<[externalId: string, payload: string][]> {
  const hashes = JSON.stringify(
    raw.map(({ externalId, contentHash }) => [externalId, contentHash]),
  );
  // The batch first, and each of its records by key: the planner would scan the stored records instead.
  return queryTuples<[string, string]>(
    transaction,
    sql`
    select r.external_id, r.payload from json_each(${hashes}) new cross join raw_records r
      on r.workspace_id = ${workspaceId} and r.source = ${source}
      and r.scope_external_id = ${scope.externalId} and r.external_id = new.value->>0
      and r.stream = ${stream.id}
    where r.content_hash <> new.value->>1`,
  );
}

/** A record that says something else than before no longer stands for what only its old form said. */
async function removeOutdated(
  transaction: Database,
  { workspaceId, source, stream, scope, config }: BatchContext,
  stored: readonly [externalId: string, payload: string][],
  rows: CollectedRows,
): Promise<number> {
  if (stored.length === 0) return 0;
  const records = stored.map(([externalId, payload]) => ({
    externalId,
    payload: JSON.parse(payload) as unknown,
  }));
  const before = collectRows(stream, records, scope, config).rows;
  let removed = 0;
  for (const kind of ownedRowKinds) {
    const { key } = domainTargets[kind];
    const kept = new Set((rows.get(kind) ?? []).map((row) => keyText(row, key)));
    const gone = (before.get(kind) ?? []).filter((row) => !kept.has(keyText(row, key)));
    removed += await deleteRows(transaction, domainTargets[kind], workspaceId, gone);
  }
  if (removed > 0) await markDirtyPullRequests(transaction, workspaceId, source, before);
  return removed;
}

async function writeGaps(
  transaction: Database,
  context: BatchContext,
  batch: Batch,
  unreadable: readonly string[],
): Promise<void> {
  const { gaps } = tables;
  const place = {
    workspaceId: context.workspaceId,
    source: context.source,
    scopeExternalId: context.scope.externalId,
    stream: context.stream.id,
  };
  if (batch.complete) {
    await transaction
      .delete(gaps)
      .where(
        and(
          eq(gaps.workspaceId, place.workspaceId),
          eq(gaps.source, place.source),
          eq(gaps.scopeExternalId, place.scopeExternalId),
          eq(gaps.stream, place.stream),
        ),
      );
  }
  const found = [...batch.gaps];
  if (unreadable.length > 0) {
    found.push({
      code: 'unreadable_records',
      message: `${unreadable.length} records had a form that this version does not know; they are kept as they came.`,
      affectedCount: unreadable.length,
    });
  }
  for (const gap of found) {
    const { message, affectedCount, touches = null } = gap;
    await transaction
      .insert(gaps)
      .values({ ...place, code: gap.code, message, affectedCount, touches })
      .onConflictDoUpdate({
        target: [gaps.workspaceId, gaps.source, gaps.scopeExternalId, gaps.stream, gaps.code],
        set: { message, affectedCount, touches },
      });
  }
}

async function writeCursor(
  transaction: Database,
  context: BatchContext,
  batch: Batch,
): Promise<void> {
  const { syncCursors } = tables;
  const finished = batch.complete ? { lastFinishedAt: context.clock.now(), lastError: null } : {};
  const present = {
    state: batch.state,
    lastStartedAt: context.passStartedAt,
    backfillSince: batch.complete ? null : context.backfillSince,
    ...finished,
  };
  await transaction
    .insert(syncCursors)
    .values({
      workspaceId: context.workspaceId,
      source: context.source,
      scopeExternalId: context.scope.externalId,
      stream: context.stream.id,
      complete: batch.complete,
      ...present,
    })
    .onConflictDoUpdate({
      target: [
        syncCursors.workspaceId,
        syncCursors.source,
        syncCursors.scopeExternalId,
        syncCursors.stream,
      ],
      // Once complete, a stream stays so: an incremental pass that is cut off has lost no history.
      set: batch.complete ? { ...present, complete: true } : present,
    });
}

async function audit(
  transaction: Database,
  context: BatchContext,
  batch: Batch,
  changedRows: number,
): Promise<void> {
  await appendAuditEntry(transaction, {
    workspaceId: context.workspaceId,
    at: context.clock.now(),
    actor: 'system',
    event: 'sync.batch_committed',
    subject: `${context.source}:${context.scope.externalId}:${context.stream.id}`,
    detail: {
      records: batch.records.length,
      tombstones: batch.tombstones.length,
      rowsChanged: changedRows,
      complete: batch.complete,
    },
  });
}
