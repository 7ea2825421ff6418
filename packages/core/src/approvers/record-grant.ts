import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Database } from '../store/database.ts';
import type { tables } from '../store/tables.ts';

type GrantRow = typeof tables.approverGrants.$inferSelect;

/** What the ledger holds of a grant. A grant that differs from it does not count. */
export function grantDetail(grant: GrantRow): Record<string, unknown> {
  return {
    accountSource: grant.accountSource,
    accountExternalId: grant.accountExternalId,
    personId: grant.personId,
    scope: grant.scope,
    escalationLevel: grant.escalationLevel,
  };
}

/** The grant's name in the ledger. */
export function grantSubject(grantId: string): string {
  return `approver_grant:${grantId}`;
}

/** Writes into the ledger that a right was given. */
export async function recordGrant(transaction: Database, grant: GrantRow): Promise<void> {
  await appendAuditEntry(transaction, {
    workspaceId: grant.workspaceId,
    at: grant.grantedAt,
    actor: grant.grantedBy,
    event: 'approver.granted',
    subject: grantSubject(grant.id),
    detail: grantDetail(grant),
  });
}
