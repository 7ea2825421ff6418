import { AdjutantError } from '../errors.ts';
import { type ActionRow, changeAction, findAction, findRecord } from './action-rows.ts';
import { type ActionScope, noSuchAction, standingTo } from './action-scope.ts';
import { releaseHolds } from './budget.ts';
import { hasOpenEffects } from './open-effects.ts';
import { recordTransition } from './record-transition.ts';
import { refuseUnknownAction } from './refuse-unknown-action.ts';
import { tellWait } from '../tracing/action-spans.ts';

const withdrawable = ['preparing', 'pending', 'approved'] as const;

/**
 * Takes an action back before it runs. For one that is past that the answer is where it stands.
 * @throws AdjutantError `Permission`, `NotFound`, `Conflict` where part of it may have happened
 */
export async function withdrawAction(
  scope: ActionScope,
  actionId: string,
  reason?: string,
): Promise<ActionRow> {
  const { deps, workspaceId } = scope;
  if ((await findAction(deps.store.read, actionId, workspaceId)) === null) {
    throw await refuseUnknownAction(scope, actionId, 'withdraw');
  }
  let waited: ActionRow | null = null;
  const withdrawn = await deps.store.transaction(async (transaction) => {
    // Run again where the store was busy: only what was committed is told.
    waited = null;
    const record = await findRecord(transaction, actionId, workspaceId);
    if (record === null) throw noSuchAction(actionId);
    const { action } = record;
    const standing = await standingTo(transaction, scope, action);
    const { isRequester, isSponsor, mayDecide, isAdmin } = standing;
    if (!isRequester && !isSponsor && !mayDecide && !isAdmin) {
      throw new AdjutantError('Permission', 'You may not withdraw this action.', {
        hint: 'Whoever proposed it, its sponsor, a reviewer or an administrator may.',
      });
    }
    const status = withdrawable.find((name) => name === action.status);
    if (status === undefined) return action;
    if (hasOpenEffects(deps, record)) {
      throw new AdjutantError('Conflict', 'Part of this action was done, or may have been.', {
        hint: 'Wait for its outcome; a person is asked where no program can tell.',
      });
    }
    const at = deps.clock.now();
    const { revision } = action;
    const revoked = await changeAction(
      transaction,
      action,
      { status, revision },
      {
        status: 'revoked',
        settledAt: at,
        nextEscalationAt: null,
        outcome: { reason: 'withdrawn' },
        updatedAt: at,
      },
    );
    if (revoked === null) return action;
    await releaseHolds(transaction, action);
    await recordTransition(transaction, action, {
      event: 'action.revoked',
      at,
      actor: standing.label,
      detail: { revision, was: status, reason: 'withdrawn' },
      outcome: 'revoked',
      ...(reason === undefined ? {} : { personal: { reason: reason.slice(0, 4_000) } }),
    });
    if (status === 'pending') waited = revoked;
    return revoked;
  });
  if (waited !== null) tellWait(deps, waited, 'revoked');
  return withdrawn;
}
