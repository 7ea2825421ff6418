import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';

export interface NewAuditEntry {
  workspaceId: string;
  at: number;
  actor: string;
  event: string;
  subject?: string | null;
  detail?: Record<string, unknown>;
  traceId?: string | null;
  outcome?: string | null;
  /** What of it is personal or free text: kept beside the chain, which holds only digests. */
  personal?: Record<string, string>;
}

/** Appends one line to the ledger, in the transaction of the change that it tells of. */
export async function appendAuditEntry(transaction: Database, entry: NewAuditEntry): Promise<void> {
  await transaction.insert(tables.auditEntries).values({
    id: createIdentifier(),
    workspaceId: entry.workspaceId,
    at: entry.at,
    actor: entry.actor,
    event: entry.event,
    subject: entry.subject ?? null,
    detail: entry.detail ?? {},
    traceId: entry.traceId ?? null,
    outcome: entry.outcome ?? null,
  });
}
