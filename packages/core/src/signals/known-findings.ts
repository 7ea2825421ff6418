import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { readRows } from '../store/json-columns.ts';
import { findingColumns, flag, storedFindingSchema } from './finding-columns.ts';

const knownSchema = storedFindingSchema
  .omit({ snoozedUntil: true, assignedPersonId: true })
  .extend({ clearSince: z.number().nullable(), isAnnounced: flag });
const names = Object.keys(knownSchema.shape);

/** A finding as an earlier pass left it. */
export type KnownFinding = z.infer<typeof knownSchema>;

/**
 * Returns the condition that a finding is open. Every rule has an id: that it is said here lets a planner
 * take the index of open findings, which goes by rule, and not read the closed ones of years.
 */
export const isOpenFinding = (alias: string): SQL =>
  sql.raw(`${alias}.state = 'open' and ${alias}.rule_id > ''`);

/** Returns what is open. */
export async function readOpenFindings(
  database: Database,
  workspaceId: string,
): Promise<KnownFinding[]> {
  return readKnown(database, workspaceId, isOpenFinding('f'));
}

/** Returns what of these was found before and is over. */
export async function readResolvedFindings(
  database: Database,
  workspaceId: string,
  fingerprints: readonly string[],
): Promise<KnownFinding[]> {
  if (fingerprints.length === 0) return [];
  return readKnown(
    database,
    workspaceId,
    sql`f.state = 'resolved'
      and f.fingerprint in (select value from json_each(${JSON.stringify(fingerprints)}))`,
  );
}

async function readKnown(
  database: Database,
  workspaceId: string,
  condition: SQL,
): Promise<KnownFinding[]> {
  return readRows(
    database,
    knownSchema,
    names,
    sql`select ${findingColumns(names)} from signal_findings f
      where f.workspace_id = ${workspaceId} and ${condition}`,
  );
}
