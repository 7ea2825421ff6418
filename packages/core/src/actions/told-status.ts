import type { ActionStatus } from '../domain.ts';

/** Where each entry leaves the action it is about. Entries that are not here change nothing of it. */
const statusAfter: Readonly<Record<string, ActionStatus>> = {
  'action.proposed': 'preparing',
  'action.modified': 'preparing',
  'action.pending': 'pending',
  'action.blocked': 'blocked',
  'action.approved': 'approved',
  'action.requeued': 'approved',
  'action.declined': 'declined',
  'action.expired': 'expired',
  'action.revoked': 'revoked',
  'action.claimed': 'executing',
  'action.unknown': 'unknown',
  'action.reconciling': 'reconciling',
  'action.executed': 'executed',
  'action.failed': 'failed',
  'action.needs_human': 'needs_human',
};

/** Returns whether an entry may change where its action stands: of others the detail need not be read. */
export function mayChangeStatus(event: string): boolean {
  return event === 'action.resolved' || Object.hasOwn(statusAfter, event);
}

/** Returns where an entry of the ledger leaves its action; null for one that changes nothing of it. */
export function statusToldBy(
  event: string,
  detail: Readonly<Record<string, unknown>>,
): ActionStatus | null {
  if (event === 'action.resolved') return detail['verdict'] === 'happened' ? 'executed' : 'failed';
  return statusAfter[event] ?? null;
}
