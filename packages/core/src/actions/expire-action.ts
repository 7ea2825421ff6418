import type { ActionStatus } from '../domain.ts';
import type { ActionDeps } from './action-deps.ts';
import { type ActionRow, changeAction, findRecord } from './action-rows.ts';
import { releaseHolds } from './budget.ts';
import { hasOpenEffects } from './open-effects.ts';
import { recordTransition } from './record-transition.ts';
import { sendToHuman } from './send-to-human.ts';
import { tellWait } from '../tracing/action-spans.ts';

/**
 * Lets an action expire whose time is over. Nobody refused it, and the ledger says so. What may
 * already have happened does not expire: a person has to tell. @returns where it stands
 */
export async function expireAction(deps: ActionDeps, id: string): Promise<ActionStatus | null> {
  let waited: ActionRow | null = null;
  const standing = await deps.store.transaction(
    async (transaction): Promise<ActionStatus | null> => {
      // Run again where the store was busy: only what was committed is told.
      waited = null;
      const record = await findRecord(transaction, id);
      if (record === null) return null;
      const { action } = record;
      const { status, revision } = action;
      const at = deps.clock.now();
      const deadline =
        status === 'pending' || status === 'preparing'
          ? action.expiresAt
          : status === 'approved'
            ? action.executeBy
            : null;
      if (deadline === null || at < deadline) return status;
      if (hasOpenEffects(deps, record)) {
        return sendToHuman(transaction, action, { at, reason: 'expired_while_open' });
      }
      const outcome = { reason: `${status}_expired` };
      const change = { status: 'expired', settledAt: at, outcome, updatedAt: at } as const;
      const expired = await changeAction(transaction, action, { status, revision }, change);
      if (expired === null) return status;
      await releaseHolds(transaction, action);
      await recordTransition(transaction, action, {
        event: 'action.expired',
        at,
        actor: 'system',
        detail: { revision, was: status, reason: outcome.reason, deadline },
        outcome: 'expired',
      });
      if (status === 'pending') waited = action;
      return 'expired';
    },
  );
  if (waited !== null) tellWait(deps, waited, 'expired');
  return standing;
}
