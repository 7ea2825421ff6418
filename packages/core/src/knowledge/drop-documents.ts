import { type SQL, sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { markForSearch } from '../search/search-marks.ts';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { documentsStream } from './documents-stream.ts';

interface Place {
  store: Store;
  workspaceId: string;
  clock: Clock;
}

/**
 * Deletes the documents of repositories that a source no longer shows, and all that was made of them;
 * should one come back, it is read anew. Returns how many documents went.
 */
export function dropDocumentsOutside(
  place: Place,
  source: string,
  repositoryExternalIds: readonly string[],
): Promise<number> {
  const kept = JSON.stringify(repositoryExternalIds);
  return dropDocuments(
    place,
    sql`source = ${source} and scope_external_id not in (select value from json_each(${kept}))`,
  );
}

/** Deletes the documents of sources that the configuration no longer names. */
export function dropDocumentsOfInactive(place: Place): Promise<number> {
  return dropDocuments(
    place,
    sql`source in (select source from sources where workspace_id = ${place.workspaceId} and active = 0)`,
  );
}

async function dropDocuments({ store, workspaceId, clock }: Place, which: SQL): Promise<number> {
  const streams = sql`workspace_id = ${workspaceId} and stream = ${documentsStream} and ${which}`;
  const scopes = await queryTuples<[string, string]>(
    store.read,
    sql`select source, scope_external_id from sync_cursors where ${streams}`,
  );
  let dropped = 0;
  for (const [source, scope] of scopes) {
    dropped += await store.transaction((transaction) =>
      dropScope(transaction, { workspaceId, source, scope, at: clock.now() }),
    );
  }
  return dropped;
}

async function dropScope(
  transaction: Database,
  {
    workspaceId,
    source,
    scope,
    at,
  }: { workspaceId: string; source: string; scope: string; at: number },
): Promise<number> {
  const documents = sql`documents where workspace_id = ${workspaceId} and source = ${source}
    and repository_external_id = ${scope}`;
  const rows = await queryTuples<[string]>(transaction, sql`select external_id from ${documents}`);
  const keys = rows.map(([externalId]) => ({ source, externalId }));
  await markForSearch(transaction, workspaceId, 'document', keys, at);
  await runStatement(transaction, sql`delete from ${documents}`);
  for (const table of ['raw_records', 'sync_cursors', 'gaps']) {
    await runStatement(
      transaction,
      sql`delete from ${sql.raw(table)} where workspace_id = ${workspaceId} and source = ${source}
        and scope_external_id = ${scope} and stream = ${documentsStream}`,
    );
  }
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor: 'system',
    event: 'documents.dropped',
    subject: `${source}:${scope}`,
    detail: { documents: keys.length },
  });
  return keys.length;
}

/** Deletes the texts that no document holds any more, with their vectors. */
export async function dropUnusedTexts(store: Store, workspaceId: string): Promise<void> {
  const unused = sql`not exists (select 1 from documents d where d.workspace_id = ${workspaceId} and d.text_hash =`;
  const [found] = await queryTuples<[number]>(
    store.read,
    sql`select 1 from document_texts t where t.workspace_id = ${workspaceId} and ${unused} t.hash) limit 1`,
  );
  if (found === undefined) return;
  await store.transaction(async (transaction) => {
    await runStatement(
      transaction,
      sql`delete from document_texts where workspace_id = ${workspaceId} and ${unused} hash)`,
    );
    await runStatement(
      transaction,
      sql`delete from document_vectors where workspace_id = ${workspaceId} and ${unused} text_hash)`,
    );
  });
}
