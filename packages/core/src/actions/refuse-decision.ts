import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import type { ActionRow } from './action-rows.ts';
import type { ActionScope } from './action-scope.ts';
import type { DecideInput } from './handle.ts';
import { recordTransition } from './record-transition.ts';
import { type Discount, discountMessages } from './who-counts.ts';

/** Why a decision was not taken. */
export type RefusalReason =
  | Discount
  | 'not_a_person'
  | 'no_right'
  | 'proof_invalid'
  | 'other_revision'
  | 'other_payload'
  | 'no_longer_pending'
  | 'already_decided_otherwise';

type Told = Pick<DecideInput, 'verdict' | 'revision' | 'payloadHash'>;

const messages: Readonly<Record<Exclude<RefusalReason, Discount>, [string, string]>> = {
  not_a_person: [
    'Only a person decides about actions.',
    'Ask a person to open the action and decide.',
  ],
  no_right: [
    'You may not decide about actions of this type.',
    'Ask an administrator for the right, or another reviewer to decide.',
  ],
  proof_invalid: [
    'The proof that a person decides is not valid.',
    'Open the action again and decide once more.',
  ],
  other_revision: [
    'The action was changed since you saw it.',
    'Open it again and decide on the present revision.',
  ],
  other_payload: [
    'This decision is about other words than those of the action.',
    'Open the action again and decide on what it says now.',
  ],
  no_longer_pending: [
    'The action no longer waits for a decision.',
    'Open it to see where it stands.',
  ],
  already_decided_otherwise: [
    'You already decided about this revision, in the other sense.',
    'Withdraw the action, or change it, to begin anew.',
  ],
};

const conflicts: ReadonlySet<RefusalReason> = new Set([
  'other_revision',
  'other_payload',
  'already_decided_otherwise',
]);

/** Records in the transaction that a decision was refused, and returns the error to throw after it. */
export async function recordRefusal(
  transaction: Database,
  { deps, viewer }: ActionScope,
  action: ActionRow,
  { decision, why }: { decision: Told; why: RefusalReason },
): Promise<AdjutantError> {
  await recordTransition(transaction, action, {
    event: 'action.decision_refused',
    at: deps.clock.now(),
    actor: viewerLabel(viewer),
    detail: {
      reason: why,
      verdict: decision.verdict,
      revision: decision.revision,
      payloadHash: decision.payloadHash,
      status: action.status,
    },
    outcome: 'refused',
  });
  if (why in discountMessages) {
    const { message, hint } = discountMessages[why as Discount];
    return new AdjutantError('Permission', message, { hint });
  }
  const [message, hint] = messages[why as Exclude<RefusalReason, Discount>];
  return new AdjutantError(conflicts.has(why) ? 'Conflict' : 'Permission', message, { hint });
}

/** The same in a transaction of its own. */
export async function refuseDecision(
  scope: ActionScope,
  action: ActionRow,
  refusal: { decision: Told; why: RefusalReason },
): Promise<AdjutantError> {
  return scope.deps.store.transaction((transaction) =>
    recordRefusal(transaction, scope, action, refusal),
  );
}
