import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionRecord, DecisionRow } from './action-rows.ts';

const { auditEntries } = tables;

/** What the ledger tells of an action, to hold its rows against. */
export interface LedgerWitness {
  /** Whether a preparation with this hash is told of. */
  knowsPayload(payloadHash: string): boolean;
  /** Whether this very decision is told of. */
  knowsDecision(decision: DecisionRow): boolean;
}

/**
 * Returns what the ledger tells of an action's words and decisions: a row that was written past the
 * engine has no entry there, and one that was made up breaks the chain.
 */
export async function askLedger(
  transaction: Database,
  { action }: ActionRecord,
): Promise<LedgerWitness> {
  const entries = await transaction
    .select({ event: auditEntries.event, detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, action.workspaceId),
        eq(auditEntries.subject, action.id),
        inArray(auditEntries.event, ['action.prepared', 'action.decided']),
      ),
    );
  const told = (event: string, expected: Record<string, unknown>): boolean =>
    entries.some(
      (entry) =>
        entry.event === event &&
        Object.entries(expected).every(([name, value]) => entry.detail[name] === value),
    );
  return {
    knowsPayload: (payloadHash) => told('action.prepared', { payloadHash }),
    knowsDecision: ({ id, revision, payloadHash, verdict, reviewerPersonId, assurance, surface }) =>
      told('action.decided', {
        decisionId: id,
        revision,
        payloadHash,
        verdict,
        reviewerPersonId,
        assurance,
        surface,
      }),
  };
}
