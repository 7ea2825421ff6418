import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { type ActionRow, changeAction } from './action-rows.ts';
import type { OutcomeReason } from './outcome-reason.ts';
import { recordTransition } from './record-transition.ts';

/** Leaves an action to a person, because no program can tell what became of it. */
export async function sendToHuman(
  transaction: Database,
  action: ActionRow,
  { at, reason }: { at: number; reason: OutcomeReason },
): Promise<ActionStatus> {
  const { status, revision, fence } = action;
  const changed = await changeAction(
    transaction,
    action,
    { status, revision, fence },
    {
      status: 'needs_human',
      leaseExpiresAt: null,
      notBefore: null,
      outcome: { reason },
      updatedAt: at,
    },
  );
  if (changed === null) return status;
  await recordTransition(transaction, action, {
    event: 'action.needs_human',
    at,
    actor: 'system',
    detail: { revision, was: status, reason },
  });
  return 'needs_human';
}
