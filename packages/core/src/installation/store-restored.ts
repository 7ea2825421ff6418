import { eq } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { storeRestoredEvent, storeSubject } from '../audit/store-subject.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { type EndedAccess, endAccess } from './end-access.ts';
import { endRoles, keepStops, type KeptStop, refuseOtherOwner } from './end-authority.ts';
import { putActionsBack } from './put-actions-back.ts';
import type { StoreRestored, StoreRestoredReason } from './restored-detail.ts';
import { takeBackPolicy } from './take-back-policy.ts';

const { workspaces } = tables;

/**
 * Takes away what a store that was put in place must not bring with it: approvals, and everything that
 * opens it to somebody, or lets more run unasked than the default policy does. Each change has its entry; the last one says why.
 * @throws AdjutantError `StoreCorrupt` where it has another owner than a workspace can have
 */
export async function noteRestored(
  transaction: Database,
  restored: {
    workspaceId: string;
    at: number;
    reason: StoreRestoredReason;
    remembered: StoreRestored['remembered'];
    /** What was stopped in the store that was replaced. */
    stops?: readonly KeptStop[];
  },
): Promise<StoreRestored> {
  const { workspaceId, at, reason, remembered, stops = [] } = restored;
  await refuseOtherOwner(transaction, workspaceId);
  // No workspace stays half deleted, and that mark is what lets entries of the ledger go.
  await transaction
    .update(workspaces)
    .set({ deletingAt: null })
    .where(eq(workspaces.id, workspaceId));
  await takeBackPolicy(transaction, workspaceId, at);
  const actions = await putActionsBack(transaction, workspaceId, at);
  const ended: EndedAccess = await endAccess(transaction, workspaceId, at);
  const roles = await endRoles(transaction, workspaceId, at);
  const stopped = await keepStops(transaction, workspaceId, { at, stops });
  const detail: StoreRestored = { reason, remembered, ...actions, ...ended, roles, stopped };
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor: 'system',
    event: storeRestoredEvent,
    subject: storeSubject,
    detail,
  });
  return detail;
}
