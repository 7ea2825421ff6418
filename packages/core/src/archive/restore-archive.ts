import { sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import type { RestoredArchive } from '../data/outcomes.ts';
import { AdjutantError } from '../errors.ts';
import { markReport } from '../reports/report-index.ts';
import type { Database } from '../store/database.ts';
import { runStatement } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Tables } from '../store/tables.ts';
import { tables } from '../store/tables.ts';
import { archivedTable, readArchiveFile, type TableRows } from './archive-rows.ts';
import { archiveSubject, readTold, restoredEvent } from './told-archives.ts';
import { type ArchiveDeps, findManifest } from './verify-archives.ts';

export interface RestoreDeps extends ArchiveDeps {
  clock: Clock;
  actor: string;
}

/**
 * Puts the rows of an archive back into the store, all of them or none. The archive stays where it is
 * until the next purge, which archives those that are still too old anew.
 * @throws AdjutantError `NotFound`, `Conflict` where its rows are in the store already, `LedgerIntegrity` or
 *   `InvalidInput` where it is not what was written
 */
export async function restoreArchive(
  deps: RestoreDeps,
  archiveId: string,
): Promise<RestoredArchive> {
  const { store, workspaceId, sink, clock, actor } = deps;
  const known = (await readTold(store.read, workspaceId)).get(archiveId);
  const found = await findManifest(deps, archiveId);
  if (known === undefined || known.state === 'begun') {
    throw refusedUnknown(archiveId, found !== null);
  }
  if (known.state === 'restored') {
    throw new AdjutantError('Conflict', `The rows of ${archiveId} are back in the store already.`);
  }
  if (found === null) throw new AdjutantError('NotFound', `The archive ${archiveId} is gone.`);
  const { manifest } = found;
  if (found.hash !== known.manifestSha256) {
    throw new AdjutantError(
      'LedgerIntegrity',
      `The manifest of ${archiveId} is not the one that the ledger tells of.`,
      { hint: 'Run "adjutant archive verify", and put back the file from a copy.' },
    );
  }
  if (manifest.schemaVersion > store.schemaVersion) {
    throw new AdjutantError('StoreTooNew', `${archiveId} was written by a newer version.`, {
      hint: 'Update Adjutant.',
    });
  }
  const parts: TableRows[] = [];
  for (const file of manifest.files) parts.push(await readArchiveFile(sink, manifest, file));
  for (const part of parts) requireKnown(part, workspaceId);
  return store.transaction(async (transaction) => {
    let rows = 0;
    for (const part of parts) rows += await insertRows(transaction, part);
    const reports = parts.find(({ table }) => table === archivedTable('progressReports').table);
    const id = reports?.columns.indexOf('id') ?? -1;
    for (const row of reports?.rows ?? []) await markReport(transaction, deps, String(row[id]));
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: restoredEvent,
      subject: archiveSubject(archiveId),
      detail: { class: manifest.class, rows },
    });
    return { archiveId, rows, present: manifest.rows - rows };
  });
}

function refusedUnknown(archiveId: string, isThere: boolean): AdjutantError {
  if (!isThere) return new AdjutantError('NotFound', `There is no archive ${archiveId}.`);
  return new AdjutantError(
    'Conflict',
    `The ledger tells of no purge into ${archiveId}: its rows never left this store.`,
    { hint: '"adjutant archive list" says which archives stand.' },
  );
}

/** What an archive says of tables and columns becomes part of a statement, so it is held against ours. */
function requireKnown({ table, columns, rows }: TableRows, workspaceId: string): void {
  const names = Object.keys(tables) as (keyof Tables)[];
  const known = names.map(archivedTable).find((one) => one.table === table);
  const owner = columns.indexOf('workspace_id');
  const fits =
    known !== undefined &&
    owner >= 0 &&
    columns.every((column) => known.columns.includes(column)) &&
    rows.every((row) => row.length === columns.length && row[owner] === workspaceId);
  if (fits) return;
  throw new AdjutantError('InvalidInput', `The archive holds rows of ${table} that do not fit.`, {
    hint: 'It was written by another version, or changed since.',
  });
}

const rowsBetweenYields = 200;

async function insertRows(
  transaction: Database,
  { table, columns, rows }: TableRows,
): Promise<number> {
  const into = sql.raw(
    `insert or ignore into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values`,
  );
  let inserted = 0;
  for (const [place, row] of rows.entries()) {
    if (place > 0 && place % rowsBetweenYields === 0) await yieldToEventLoop();
    const values = sql.join(
      row.map((value) => sql`${value}`),
      sql`, `,
    );
    inserted += await runStatement(transaction, sql`${into} (${values})`);
  }
  return inserted;
}
