import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { Findings } from './finding.ts';

const { auditEntries, policyVersions } = tables;

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
  const rows = await database
    .select({ hash: policyVersions.hash })
    .from(policyVersions)
    .where(and(eq(policyVersions.workspaceId, workspaceId), eq(policyVersions.status, 'in_force')));
  if (rows.length === 0) return [];
  const [last] = await database
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.event, 'policy.in_force'),
        isNotNull(auditEntries.seq),
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(1);
  const hash = last?.detail['hash'];
  return rows.flatMap((row) => (row.hash === hash ? [] : [row.hash]));
}
