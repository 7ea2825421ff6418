import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import type { ActionDeps } from './action-deps.ts';
import { type ActionRow, changeAction } from './action-rows.ts';
import type { Judgement } from './ask-policy.ts';
import { hintWorker } from './hint-worker.ts';
import type { OutcomeReason } from './outcome-reason.ts';
import { recordTransition } from './record-transition.ts';

/** Lets a prepared action go where policy sends it: blocked, approved at once, or to people. */
export async function enterMode(
  transaction: Database,
  deps: ActionDeps,
  action: ActionRow,
  { judgement, payloadHash, at }: { judgement: Judgement; payloadHash: string; at: number },
): Promise<ActionStatus> {
  const { requirement, verdict, hash } = judgement;
  const { revision } = action;
  const asked = { ...judgedColumns(judgement), updatedAt: at };
  const guard = { status: 'preparing', revision } as const;
  const detail = { revision, payloadHash, mode: requirement.mode, policyHash: hash };
  if (requirement.mode === 'deny') {
    const outcome: { reason: OutcomeReason } = { reason: 'policy_denied' };
    const change = { ...asked, status: 'blocked', settledAt: at, outcome } as const;
    await changeAction(transaction, action, guard, change);
    await recordTransition(transaction, action, {
      event: 'action.blocked',
      at,
      actor: 'policy',
      detail,
      outcome: 'blocked',
    });
    return 'blocked';
  }
  if (requirement.mode === 'auto') {
    const executeBy = at + verdict.approvedTtlMs;
    const decidedBy = `policy:${hash}`;
    const change = { ...asked, status: 'approved', decidedAt: at, decidedBy, executeBy } as const;
    await changeAction(transaction, action, guard, { ...change, expiresAt: null });
    await recordTransition(transaction, action, {
      event: 'action.approved',
      at,
      actor: decidedBy,
      detail: { ...detail, executeBy },
      outcome: 'approved',
    });
    await hintWorker(transaction, deps, action, 'execute');
    return 'approved';
  }
  await changeAction(transaction, action, guard, {
    ...asked,
    status: 'pending',
    ...pendingColumns(judgement, at),
  });
  await recordTransition(transaction, action, {
    event: 'action.pending',
    at,
    actor: 'policy',
    detail: { ...detail, quorum: requirement.quorum, assurance: requirement.assurance },
  });
  return 'pending';
}

/** Returns the columns that say what is needed, and why. */
export function judgedColumns({ requirement, verdict, hash }: Judgement): Partial<ActionRow> {
  return {
    risk: verdict.risk,
    mode: requirement.mode,
    quorum: requirement.quorum,
    declineThreshold: requirement.declineThreshold,
    assurance: requirement.assurance,
    policyHash: hash,
    policyReason: verdict.reasons.join(' '),
  };
}

/** Returns the columns of an action that begins to wait for people. */
export function pendingColumns({ verdict }: Judgement, at: number): Partial<ActionRow> {
  const [first] = verdict.escalateAt;
  return {
    expiresAt: at + verdict.pendingTtlMs,
    executeBy: null,
    decidedAt: null,
    decidedBy: null,
    escalationLevel: 0,
    nextEscalationAt: first === undefined ? null : at + Math.round(first * verdict.pendingTtlMs),
  };
}
