import { sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { ArchiveSink } from '../archive/archive-sink.ts';
import { archivedTable, writeArchive } from '../archive/archive-rows.ts';
import { archivedEvent, archiveSubject, begunEvent } from '../archive/told-archives.ts';
import { AdjutantError } from '../errors.ts';
import { forgetReport } from '../reports/report-index.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import type { Database } from '../store/database.ts';
import type { Lease } from '../store/lease.ts';
import { runStatement } from '../store/raw-query.ts';
import { amongPlaces } from '../store/row-place.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { PurgeDeps } from './purge.ts';
import { type Batch, isUnchanged, readBatch } from './read-batch.ts';
import type { RetentionClassId } from './retention-class-ids.ts';
import { outdatedRows, type RetentionGroup } from './retention-classes.ts';

const mostChanges = 5;
/** Rows of one statement: overwriting what they held takes a few milliseconds. */
const rowsPerDelete = 200;

export interface DeletingDeps extends PurgeDeps {
  lease: Lease;
  /** Null where the rows are not archived. */
  into: ArchiveSink | null;
  classId: RetentionClassId;
  before: number;
}

/** What has gone so far. */
export interface Deleted {
  tables: Map<string, number>;
  archives: Set<string>;
}

/**
 * Deletes the outdated rows of a group, some at a time: read, archived and read back, then deleted in one
 * transaction that looks whether they are still what was archived and tells of the archive. A crash before
 * its commit leaves them in the store, one after it in an archive that the ledger knows.
 */
export async function deleteBatches(
  deps: DeletingDeps,
  group: RetentionGroup,
  done: Deleted,
): Promise<void> {
  const { store, workspaceId, before } = deps;
  for (const { table } of [...group.children, group]) {
    const { table: name } = archivedTable(table);
    done.tables.set(name, done.tables.get(name) ?? 0);
  }
  for (let changes = 0; ; ) {
    const outdated = await outdatedRows(store.read, group, { workspaceId, before });
    const batch = await readBatch(store.read, group, outdated);
    if (batch === null) return;
    const archive = await archiveOf(deps, batch);
    const isDeleted = await clearingTransaction(store, async (transaction) => {
      await requireLease(transaction, deps.lease);
      if (!(await isUnchanged(transaction, group, outdated, batch))) return false;
      if (group.table === 'progressReports') await forgetReports(transaction, deps, batch);
      await deleteRows(transaction, batch);
      if (archive !== null) await tellOf(transaction, deps, batch, archive);
      return true;
    });
    if (isDeleted) {
      for (const { table, ids } of batch.rowIds) {
        done.tables.set(table, (done.tables.get(table) ?? 0) + ids.length);
      }
      if (archive !== null) done.archives.add(archive.archiveId);
    } else if ((changes += 1) >= mostChanges) {
      throw new AdjutantError('Conflict', 'Rows that were to go kept changing meanwhile.', {
        hint: 'Nothing was deleted that is not archived. The next purge tries again.',
        retryable: true,
      });
    }
    await yieldToEventLoop();
  }
}

interface WrittenArchive {
  archiveId: string;
  manifestSha256: string;
}

async function archiveOf(
  { into, store, workspaceId, classId, clock, actor }: DeletingDeps,
  batch: Batch,
): Promise<WrittenArchive | null> {
  if (into === null) return null;
  const day = new Date(batch.from).toISOString().slice(0, 10);
  // By what it holds: the same rows archived twice are one archive.
  const archiveId = `${classId}-${day}-${batch.digest.slice(0, 20)}`;
  const { from, to } = batch;
  const { schemaVersion } = store;
  const head = { schemaVersion, workspaceId, archiveId, class: classId, from, to, rewrites: 0 };
  // Said before anything is written: what is left over from a crash is known as ours, and may be removed.
  await store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: begunEvent,
      subject: archiveSubject(archiveId),
      detail: { class: classId },
    }),
  );
  const { manifestHash } = await writeArchive(into, head, batch.tables);
  return { archiveId, manifestSha256: manifestHash };
}

async function requireLease(transaction: Database, lease: Lease): Promise<void> {
  if (await lease.renew(transaction)) return;
  throw new AdjutantError('Conflict', 'Another process took over the purge.', {
    hint: 'Nothing is lost: it goes on with what is left.',
  });
}

/** The words of a report go with it. */
async function forgetReports(
  transaction: Database,
  deps: DeletingDeps,
  batch: Batch,
): Promise<void> {
  const reports = batch.tables.at(-1);
  const id = reports?.columns.indexOf('id') ?? -1;
  for (const row of reports?.rows ?? []) {
    await forgetReport(transaction, deps, String(row[id]));
  }
}

async function deleteRows(transaction: Database, { rowIds }: Batch): Promise<void> {
  for (const { table, ids } of rowIds) {
    for (let start = 0; start < ids.length; start += rowsPerDelete) {
      const some = amongPlaces(ids.slice(start, start + rowsPerDelete));
      await runStatement(transaction, sql`delete from ${sql.raw(table)} where ${some}`);
      await yieldToEventLoop();
    }
  }
}

async function tellOf(
  transaction: Database,
  { workspaceId, clock, actor, classId }: DeletingDeps,
  { from, to, rowIds }: Batch,
  { archiveId, manifestSha256 }: WrittenArchive,
): Promise<void> {
  const rows = rowIds.reduce((sum, { ids }) => sum + ids.length, 0);
  await appendAuditEntry(transaction, {
    workspaceId,
    at: clock.now(),
    actor,
    event: archivedEvent,
    subject: archiveSubject(archiveId),
    detail: { class: classId, rows, from, to, manifestSha256 },
  });
}
