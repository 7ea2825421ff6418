import { and, eq } from 'drizzle-orm';
import type { ActionStatus } from '../domain.ts';
import { tables } from '../store/tables.ts';
import type { ActionDeps } from './action-deps.ts';
import { changeAction, findAction } from './action-rows.ts';
import { hintWorker } from './hint-worker.ts';
import { recordTransition } from './record-transition.ts';

const { actionAttempts } = tables;

/**
 * Takes an action from a worker whose lease is over: what it was doing is unknown now, and whatever
 * it still answers is late. @returns where the action stands
 */
export async function expireLease(deps: ActionDeps, id: string): Promise<ActionStatus | null> {
  return deps.store.transaction(async (transaction) => {
    const action = await findAction(transaction, id);
    if (action === null) return null;
    const { status, fence, leaseExpiresAt } = action;
    const at = deps.clock.now();
    const isLeased = status === 'executing' || status === 'reconciling';
    if (!isLeased || leaseExpiresAt === null || leaseExpiresAt > at) return status;
    const quietMs = deps.definitions.get(action.type)?.quietPeriodMs ?? deps.timing.quietPeriodMs;
    // It may have been sent as late as the end of the lease.
    const notBefore = leaseExpiresAt + (status === 'executing' ? quietMs : 0);
    const change = { status: 'unknown', leaseExpiresAt: null, notBefore, updatedAt: at } as const;
    const expired = await changeAction(transaction, action, { status, fence }, change);
    if (expired === null) return status;
    await transaction
      .update(actionAttempts)
      .set({
        status: 'unknown',
        finishedAt: at,
        outcome: { outcome: 'unknown', reason: 'lease_over' },
      })
      .where(
        and(
          eq(actionAttempts.workspaceId, action.workspaceId),
          eq(actionAttempts.actionId, action.id),
          eq(actionAttempts.status, 'started'),
        ),
      );
    await recordTransition(transaction, action, {
      event: 'action.unknown',
      at,
      actor: 'system',
      detail: { revision: action.revision, was: status, fence, cause: 'lease_over', notBefore },
    });
    await hintWorker(transaction, deps, action, 'reconcile', notBefore);
    return 'unknown';
  });
}
