import { z } from 'zod';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { type ActionRow, changeAction, findAction } from './action-rows.ts';
import { type ActionScope, noSuchAction, standingTo } from './action-scope.ts';
import { releaseHolds, spendBudget } from './budget.ts';
import { maskedText } from './outgoing-payload.ts';
import { recordTransition } from './record-transition.ts';

const resolveSchema = z.strictObject({
  verdict: z.enum(['happened', 'did_not_happen']),
  reason: z.string().min(1).max(4_000),
});

/**
 * Settles by a person's word what no program could tell. Somebody who was first has settled it.
 * @throws AdjutantError `Permission`, `NotFound`, `Conflict` where no person is asked
 */
export async function resolveAction(
  scope: ActionScope,
  actionId: string,
  input: { verdict: 'happened' | 'did_not_happen'; reason: string },
): Promise<ActionRow> {
  const { deps, workspaceId, viewer } = scope;
  const { verdict, reason: given } = parseInput(resolveSchema, input);
  const reason = maskedText(deps, workspaceId, given) ?? '';
  return deps.store.transaction(async (transaction) => {
    const action = await findAction(transaction, actionId, workspaceId);
    if (action === null) throw noSuchAction(actionId);
    const { personId, mayDecide, isAdmin } = await standingTo(transaction, scope, action);
    if (personId === null || (!mayDecide && !isAdmin)) {
      throw new AdjutantError('Permission', 'Only a reviewer says what became of an action.', {
        hint: 'Ask somebody who may decide about it.',
      });
    }
    if (action.settledAt !== null) return action;
    if (action.status !== 'needs_human') {
      throw new AdjutantError('Conflict', 'No person is asked about this action.', {
        hint: 'Open it to see where it stands.',
      });
    }
    const at = deps.clock.now();
    const status = verdict === 'happened' ? 'executed' : 'failed';
    const guard = { status: 'needs_human', revision: action.revision } as const;
    const settled = await changeAction(transaction, action, guard, {
      status,
      settledAt: at,
      outcome: { ...action.outcome, resolved: verdict },
      updatedAt: at,
    });
    if (settled === null) return (await findAction(transaction, actionId)) ?? action;
    if (verdict === 'happened') await spendBudget(transaction, action);
    else await releaseHolds(transaction, action);
    await recordTransition(transaction, action, {
      event: 'action.resolved',
      at,
      actor: viewerLabel(viewer),
      detail: { revision: action.revision, verdict },
      personal: { reason },
      outcome: status,
    });
    return settled;
  });
}
