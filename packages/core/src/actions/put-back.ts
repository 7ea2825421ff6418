import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { type ActionRecord, changeAction, voidDecisions } from './action-rows.ts';
import type { OutcomeReason } from './outcome-reason.ts';
import { recordTransition } from './record-transition.ts';
import type { Requirement } from './requirement.ts';

/** How long it then waits for people. @unit milliseconds */
const pendingTtlMs = 24 * 3_600_000;

/**
 * Has people decide anew about the same words, as a new revision: no vote on an earlier one counts.
 * What policy had let run by itself takes a person too. @returns where it stands then
 */
export async function putBack(
  transaction: Database,
  { action, revision }: ActionRecord,
  { at, reason }: { at: number; reason: OutcomeReason },
): Promise<ActionStatus> {
  const next = action.revision + 1;
  const asked = {
    mode: action.mode === 'require_approval' ? 'require_approval' : 'ask',
    quorum: Math.max(1, action.quorum),
    assurance: action.assurance ?? 'cooperative',
  } satisfies Omit<Requirement, 'declineThreshold'>;
  const { status, fence } = action;
  const changed = await changeAction(
    transaction,
    action,
    { status, revision: action.revision, fence },
    {
      ...asked,
      status: 'pending',
      revision: next,
      expiresAt: at + pendingTtlMs,
      executeBy: null,
      decidedAt: null,
      decidedBy: null,
      escalationLevel: 0,
      nextEscalationAt: null,
      notBefore: null,
      leaseExpiresAt: null,
      outcome: { reason },
      updatedAt: at,
    },
  );
  if (changed === null) return status;
  await voidDecisions(transaction, action, at);
  await transaction.insert(tables.actionRevisions).values({
    ...sameWords(revision),
    revision: next,
    author: 'system',
    createdAt: at,
    preparedAt: at,
  });
  await recordTransition(transaction, action, {
    event: 'action.pending',
    at,
    actor: 'system',
    detail: {
      revision: next,
      reason,
      payloadHash: revision.payloadHash,
      ...asked,
      policyHash: action.policyHash ?? '',
    },
  });
  return 'pending';
}

/** Returns a revision without what was said for it; whoever wrote its words has still written them. */
export function sameWords(revision: ActionRecord['revision']): ActionRecord['revision'] {
  return {
    ...revision,
    rationale: null,
    authorPersonId: revision.revision > 1 ? revision.authorPersonId : null,
  };
}
