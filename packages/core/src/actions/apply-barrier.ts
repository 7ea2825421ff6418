import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionDeps } from './action-deps.ts';
import { type ActionRecord, changeAction, voidDecisions } from './action-rows.ts';
import { releaseHolds } from './budget.ts';
import type { Barrier } from './claim-barriers.ts';
import { judgedColumns, pendingColumns } from './enter-mode.ts';
import { hintWorker } from './hint-worker.ts';
import { sameWords } from './put-back.ts';
import { recordTransition } from './record-transition.ts';
import { sendToHuman } from './send-to-human.ts';

const { actionRevisions } = tables;

/** Does to an approved action what a barrier asks; nothing is sent. @returns where it stands then */
export async function applyBarrier(
  transaction: Database,
  deps: ActionDeps,
  record: ActionRecord,
  { barrier, isOpen }: { barrier: Barrier; isOpen: boolean },
): Promise<ActionStatus> {
  const { action } = record;
  const { revision } = action;
  const at = deps.clock.now();
  if (barrier.kind === 'stand') return action.status;
  if (barrier.kind === 'wait') return postpone(transaction, deps, record, barrier);
  if (barrier.kind === 'look_first') return lookFirst(transaction, deps, record, at);
  const reason = barrier.kind === 'expire' ? 'approved_expired' : barrier.reason;
  // What may have happened cannot end as if nothing had.
  if (isOpen || barrier.kind === 'person') return sendToHuman(transaction, action, { at, reason });
  if (barrier.kind === 'ask_again') return askAgain(transaction, record, barrier, at);
  const ends = { expire: 'expired', fail: 'failed', revoke: 'revoked' } as const;
  const status = ends[barrier.kind];
  const detail = barrier.kind === 'fail' ? (barrier.detail ?? {}) : {};
  const changed = await changeAction(
    transaction,
    action,
    { status: 'approved', revision },
    { status, settledAt: at, outcome: { reason, ...detail }, updatedAt: at },
  );
  if (changed === null) return action.status;
  await releaseHolds(transaction, action);
  await recordTransition(transaction, action, {
    event: `action.${status}`,
    at,
    actor: 'system',
    detail: { revision, reason, payloadHash: record.revision.payloadHash, ...detail },
    outcome: status,
  });
  return status;
}

/** Has the target looked at, as for an effect whose answer was lost; where it is not there, it goes on. */
async function lookFirst(
  transaction: Database,
  deps: ActionDeps,
  { action }: ActionRecord,
  at: number,
): Promise<ActionStatus> {
  const { revision } = action;
  const guard = { status: 'approved', revision } as const;
  const change = { status: 'unknown', notBefore: at, updatedAt: at } as const;
  if ((await changeAction(transaction, action, guard, change)) === null) return action.status;
  await recordTransition(transaction, action, {
    event: 'action.unknown',
    at,
    actor: 'system',
    detail: { revision, was: 'approved', cause: 'store_restored', notBefore: at },
  });
  await hintWorker(transaction, deps, action, 'reconcile', at);
  return 'unknown';
}

async function postpone(
  transaction: Database,
  deps: ActionDeps,
  { action }: ActionRecord,
  { until, reason }: { until: number; reason: string },
): Promise<ActionStatus> {
  const at = deps.clock.now();
  const guard = { status: 'approved', revision: action.revision } as const;
  const change = { notBefore: until, outcome: { waits: reason }, updatedAt: at };
  if ((await changeAction(transaction, action, guard, change)) === null) return action.status;
  await recordTransition(transaction, action, {
    event: 'action.postponed',
    at,
    actor: 'system',
    detail: { revision: action.revision, reason, notBefore: until },
  });
  await hintWorker(transaction, deps, action, 'execute', until);
  return 'approved';
}

/** The same words as a new revision, for people to decide under what is asked now. */
async function askAgain(
  transaction: Database,
  { action, revision }: ActionRecord,
  { judgement, reason, refused }: Extract<Barrier, { kind: 'ask_again' }>,
  at: number,
): Promise<ActionStatus> {
  const next = action.revision + 1;
  const { requirement } = judgement;
  const changed = await changeAction(
    transaction,
    action,
    { status: 'approved', revision: action.revision },
    {
      ...judgedColumns(judgement),
      status: 'pending',
      revision: next,
      ...pendingColumns(judgement, at),
      updatedAt: at,
    },
  );
  if (changed === null) return action.status;
  await voidDecisions(transaction, action, at);
  await transaction.insert(actionRevisions).values({
    ...sameWords(revision),
    revision: next,
    author: 'policy',
    policyHash: judgement.hash,
    createdAt: at,
    preparedAt: at,
  });
  for (const decision of refused) {
    await recordTransition(transaction, action, {
      event: 'action.decision_refused',
      at,
      actor: 'system',
      detail: {
        reason,
        decisionId: decision.id,
        reviewerPersonId: decision.reviewerPersonId,
        revision: decision.revision,
        payloadHash: decision.payloadHash,
      },
      outcome: 'refused',
    });
  }
  await recordTransition(transaction, action, {
    event: 'action.pending',
    at,
    actor: 'policy',
    detail: {
      revision: next,
      reason,
      payloadHash: revision.payloadHash,
      mode: requirement.mode,
      quorum: requirement.quorum,
      assurance: requirement.assurance,
      policyHash: judgement.hash,
    },
  });
  return 'pending';
}
