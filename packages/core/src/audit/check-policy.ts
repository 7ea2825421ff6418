import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Findings } from './finding.ts';
import { storedObject } from './stored-object.ts';

/** A policy may come in force between two reads; a difference that stays is one. */
const mostReads = 2;

/** Adds a finding where the policy in force is not the one that the ledger last tells of. */
export async function checkPolicy(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  let strangers: string[] = [];
  for (let read = 0; read < mostReads; read += 1) {
    strangers = await readStrangers(database, workspaceId);
    if (strangers.length === 0) return;
  }
  for (const hash of strangers) {
    findings.add(
      'row_without_entry',
      `Policy ${hash} is in force in the database, and the ledger does not tell that it was the last to come in force.`,
      { subject: hash },
    );
  }
}

async function readStrangers(database: Database, workspaceId: string): Promise<string[]> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select hash from policy_versions
      where workspace_id = ${workspaceId} and status = 'in_force' order by hash`,
  );
  if (rows.length === 0) return [];
  const [last] = await queryTuples<[string]>(
    database,
    sql`select detail from audit_entries
      where workspace_id = ${workspaceId} and event = 'policy.in_force' and seq is not null
      order by seq desc limit 1`,
  );
  const told = storedObject(last?.[0])['hash'];
  return rows.flatMap(([hash]) => (hash === told ? [] : [hash]));
}
