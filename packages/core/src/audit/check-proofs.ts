import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { wasLinked } from '../approvers/click-evidence.ts';
import { wasSigned } from '../approvers/passkey-evidence.ts';
import { type PastProofs, readPastProofs } from '../approvers/past-proofs.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Findings } from './finding.ts';

const { actionDecisions } = tables;

const pageSize = 100;
const kindSchema = z.object({ kind: z.enum(['passkey', 'host_session', 'signed_click']) });
const evidenceSchema = z.record(z.string(), z.json());

/**
 * Adds a finding for each decision that is called more than cooperative and is not signed. A chain
 * can be written anew by whoever has the database; a signature of somebody's passkey cannot.
 */
export async function checkProofs(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  let after: string | undefined;
  do {
    const rows: (typeof actionDecisions.$inferSelect)[] = await database
      .select()
      .from(actionDecisions)
      .where(
        and(
          eq(actionDecisions.workspaceId, workspaceId),
          inArray(actionDecisions.assurance, ['presence', 'separate']),
          after === undefined ? undefined : gt(actionDecisions.id, after),
        ),
      )
      .orderBy(asc(actionDecisions.id))
      .limit(pageSize);
    // After the decisions, so that none of them rests on what came later than this was read.
    const proofs = await readPastProofs(database, workspaceId);
    // Together, because a signature is checked on other threads, and each would wait for the one before.
    const proven = await Promise.all(rows.map((row) => isProven(proofs, row)));
    for (const [position, row] of rows.entries()) {
      if (proven[position] === true) continue;
      const message = `Decision ${row.id} (${row.verdict} of action ${row.actionId}) counts as ${row.assurance}, and no signature proves it.`;
      findings.add('row_without_entry', message, { subject: row.actionId });
    }
    after = rows.length < pageSize ? undefined : rows.at(-1)?.id;
    await yieldToEventLoop();
  } while (after !== undefined);
}

async function isProven(
  proofs: PastProofs,
  { proof, ...decision }: typeof actionDecisions.$inferSelect,
): Promise<boolean> {
  const kind = kindSchema.safeParse(proof);
  if (!kind.success) return false;
  // Only the host can tell whether its own session was one.
  if (kind.data.kind === 'host_session') return decision.surface === 'host';
  const evidence = evidenceSchema.safeParse(proof);
  if (!evidence.success) return false;
  const recorded = { ...decision, evidence: evidence.data };
  if (kind.data.kind === 'passkey') return wasSigned(proofs, recorded);
  // Whether a button was pressed only the signing secret can tell; whose account may press is signed.
  return decision.surface === 'slack' && wasLinked(proofs, recorded);
}
