import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { storedObject } from '../audit/stored-object.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { ArchiveSink } from './archive-sink.ts';
import { manifestName, objectName, workspacePrefix } from './manifest.ts';

/** A purge is about to write an archive: until its rows go, that is none. */
export const begunEvent = 'retention.archive_begun';
/** Rows went from the store into an archive. */
export const archivedEvent = 'retention.archived';
/** Rows of an archive came back. */
export const restoredEvent = 'retention.restored';
/** An erasure wrote an archive anew. */
export const rewrittenEvent = 'retention.archive_rewritten';
const events = [begunEvent, archivedEvent, restoredEvent, rewrittenEvent];

/** Under which the ledger tells of an archive. */
export function archiveSubject(archiveId: string): string {
  return `archive:${archiveId}`;
}

const detailSchema = z.object({ manifestSha256: z.string() });

/** What the ledger tells of an archive. */
export interface ToldArchive {
  archiveId: string;
  /**
   * `begun`: its rows never left the store. `stands`: they are in it and not in the store. `restored`:
   * they came back.
   */
  state: 'begun' | 'stands' | 'restored';
  archivedAt: number;
  /** Of the manifest as the ledger has it; null for one that was only begun. */
  manifestSha256: string | null;
}

/**
 * Returns the archives that the ledger tells of. What lies beside them, and was never begun here, belongs
 * to another store.
 */
export async function readTold(
  database: Database,
  workspaceId: string,
): Promise<Map<string, ToldArchive>> {
  const rows = await queryTuples<[string, string, number, string]>(
    database,
    sql`select subject, event, at, detail from audit_entries
      where workspace_id = ${workspaceId} and subject >= 'archive:' and subject < 'archive;'
        and event in (select value from json_each(${JSON.stringify(events)}))
      order by seq`,
  );
  const told = new Map<string, ToldArchive>();
  for (const [subject, event, at, text] of rows) {
    const archiveId = subject.slice('archive:'.length);
    const detail = detailSchema.safeParse(storedObject(text));
    const before = told.get(archiveId);
    if (event === begunEvent) {
      // Begun again, it stands or is back as before until its rows have gone anew.
      if (before === undefined)
        told.set(archiveId, { archiveId, state: 'begun', archivedAt: at, manifestSha256: null });
    } else if (event === restoredEvent) {
      if (before !== undefined) told.set(archiveId, { ...before, state: 'restored' });
    } else if (detail.success) {
      const { manifestSha256 } = detail.data;
      const isNew = event === archivedEvent || before === undefined;
      const state = isNew ? 'stands' : before.state;
      const archivedAt = isNew ? at : before.archivedAt;
      told.set(archiveId, { archiveId, state, archivedAt, manifestSha256 });
    }
  }
  return told;
}

/** Returns the ids of what lies in an archive of a workspace, with what each consists of. */
export async function listStored(
  sink: ArchiveSink,
  workspaceId: string,
): Promise<Map<string, string[]>> {
  const prefix = workspacePrefix(workspaceId);
  const stored = new Map<string, string[]>();
  for (const name of await sink.list(prefix)) {
    const archiveId = name.slice(prefix.length).split('/')[0] ?? '';
    stored.set(archiveId, [...(stored.get(archiveId) ?? []), name]);
  }
  return stored;
}

/** Removes one, its manifest first: what is left of one that is cut off here is no archive. */
export async function removeArchive(
  sink: ArchiveSink,
  workspaceId: string,
  archiveId: string,
  names: readonly string[],
): Promise<void> {
  const manifest = objectName(workspaceId, archiveId, manifestName);
  await sink.remove(manifest);
  for (const name of names) if (name !== manifest) await sink.remove(name);
}
