import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { storeRestoredEvent, storeSubject } from '../audit/store-subject.ts';
import type { Database } from '../store/database.ts';
import { type EndedAccess, endAccess } from './end-access.ts';
import { putActionsBack } from './put-actions-back.ts';
import type { StoreRestored, StoreRestoredReason } from './restored-detail.ts';

/**
 * Takes away what a store that was put in place must not bring with it: approvals, and everything that
 * opens it to somebody. Each change has its entry; the last one says why.
 */
export async function noteRestored(
  transaction: Database,
  restored: {
    workspaceId: string;
    at: number;
    reason: StoreRestoredReason;
    remembered: StoreRestored['remembered'];
  },
): Promise<StoreRestored> {
  const { workspaceId, at, reason, remembered } = restored;
  const actions = await putActionsBack(transaction, workspaceId, at);
  const ended: EndedAccess = await endAccess(transaction, workspaceId, at);
  const detail: StoreRestored = { reason, remembered, ...actions, ...ended };
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
