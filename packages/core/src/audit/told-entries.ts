import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { storedObject } from './stored-object.ts';

/** What an entry says of a row outside the ledger. */
export interface ToldEntry {
  event: string;
  actor: string;
  seq: number;
  detail: Record<string, unknown>;
}

/**
 * Returns what the chain tells of each subject. Only entries with a place in it count: others were
 * not there when they should have been written. Details are read with care, as anybody may have
 * left anything in them.
 */
export async function readTold(
  database: Database,
  workspaceId: string,
  events: readonly string[],
  subjects: readonly string[],
): Promise<Map<string, ToldEntry[]>> {
  const told = new Map<string, ToldEntry[]>();
  if (subjects.length === 0) return told;
  const rows = await queryTuples<[string, string, string, number | null, string]>(
    database,
    sql`select subject, event, detail, seq, actor from audit_entries
      where workspace_id = ${workspaceId} and subject in ${anyOf(subjects)}
        and event in ${anyOf(events)}`,
  );
  for (const [subject, event, detail, seq, actor] of rows) {
    // Asked in SQL this would have the database walk the chain instead of looking subjects up.
    if (seq === null) continue;
    const entries = told.get(subject) ?? [];
    entries.push({ event, actor, seq, detail: storedObject(detail) });
    told.set(subject, entries);
  }
  return told;
}

/** Returns what stands after `in`: one parameter, so that a statement is written once for any number of values. */
export function anyOf(values: readonly string[]): SQL {
  return sql`(select value from json_each(${JSON.stringify([...new Set(values)])}))`;
}
