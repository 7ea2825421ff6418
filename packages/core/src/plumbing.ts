import { appendAuditEntry } from './audit/append-audit-entry.ts';
import type { Database } from './store/database.ts';

/**
 * The closed list of what changes something outside without an action: upkeep of a connection that
 * people set up, which tells nobody anything that was not meant for them. Each time it stands in the
 * ledger, under the name given here, before it is done. Whatever is not in this list needs an action.
 */
export const plumbing = {
  /** A card that asks for a decision is shown where people talk, or is made to show where it stands. */
  approvalCard: 'plumbing.approval_card',
  /** A source is asked to send a webhook again that failed to arrive. */
  hookRedelivery: 'plumbing.hook_redelivery',
  /** A token of one use is changed for its successor. */
  tokenRefresh: 'plumbing.token_refresh',
} as const;

export interface PlumbingEntry {
  workspaceId: string;
  at: number;
  kind: keyof typeof plumbing;
  /** What it is done to; nothing personal, and no secret. */
  subject: string;
  detail?: Record<string, unknown>;
}

/** Writes into the ledger what is done as soon as the transaction is committed. */
export async function recordPlumbing(
  transaction: Database,
  { kind, ...entry }: PlumbingEntry,
): Promise<void> {
  await appendAuditEntry(transaction, { ...entry, actor: 'system', event: plumbing[kind] });
}
