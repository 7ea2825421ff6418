import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import type { ActionDeps } from './action-deps.ts';
import { backoffMs } from './action-timing.ts';
import { type ActionRecord, type ActionRow, changeAction, findRecord } from './action-rows.ts';
import { beginAttempt, endAttempt } from './begin-attempt.ts';
import { releaseHolds, spendBudget } from './budget.ts';
import type { AnyActionDefinition, JsonObject } from './define-action.ts';
import { hintWorker } from './hint-worker.ts';
import { isStopped } from './kill-switch.ts';
import { progressOf } from './progress.ts';
import type { OutcomeReason } from './outcome-reason.ts';
import { recordTransition } from './record-transition.ts';
import type { CurrentAttempt, SendResult } from './send-effect.ts';
import { sendToHuman } from './send-to-human.ts';

/** Where the action stands, and the attempt that follows under the same claim, if any. */
export interface Settled {
  status: ActionStatus;
  next: CurrentAttempt | null;
}

/** One attempt's end, in the transaction that settles it. */
interface Settling {
  transaction: Database;
  deps: ActionDeps;
  definition: AnyActionDefinition;
  /** As the rows stand, this attempt's end included. */
  record: ActionRecord;
  current: CurrentAttempt;
  at: number;
}

/** Writes down how an attempt ended, while the claim is still this worker's; later, only that it came late. */
export async function settleAttempt(
  deps: ActionDeps,
  definition: AnyActionDefinition,
  current: CurrentAttempt,
  result: SendResult,
): Promise<Settled> {
  const { action, attempt } = current;
  return deps.store.transaction(async (transaction): Promise<Settled> => {
    const at = deps.clock.now();
    const guard = { status: 'executing', fence: action.fence } as const;
    const mine = await changeAction(transaction, action, guard, { updatedAt: at });
    if (mine === null) return recordLate(transaction, current, result, at);
    await endAttempt(transaction, attempt, { status: result.outcome, at, outcome: ended(result) });
    const record = await findRecord(transaction, action.id, action.workspaceId);
    if (record === null) return { status: action.status, next: null };
    const settling: Settling = { transaction, deps, definition, record, current, at };
    if (attempt.kind === 'compensate') return afterCompensation(settling, result);
    if (result.outcome === 'applied') return afterApplied(settling);
    if (result.outcome === 'refused') return afterRefused(settling, result.reason);
    if (result.outcome === 'not_applied') return backToApproved(settling, result);
    return toUnknown(settling, result.reason);
  });
}

/** What is kept of an attempt's end: of an applied one its result, as later steps are handed it. */
function ended(result: SendResult): Record<string, unknown> {
  return result.outcome === 'applied' ? { ...result.result } : { ...result };
}

async function recordLate(
  transaction: Database,
  { action, attempt }: CurrentAttempt,
  result: SendResult,
  at: number,
): Promise<Settled> {
  const outcome = { ...result };
  await endAttempt(transaction, attempt, { status: 'late', at, outcome });
  await recordTransition(transaction, action, {
    event: 'action.late_result',
    at,
    actor: 'system',
    detail: { fence: attempt.fence, attempt: attempt.number, outcome: result.outcome },
  });
  const record = await findRecord(transaction, action.id, action.workspaceId);
  return { status: record?.action.status ?? action.status, next: null };
}

async function afterApplied(settling: Settling): Promise<Settled> {
  const { transaction, deps, definition, record, current, at } = settling;
  const { action } = record;
  const progress = progressOf(record, definition);
  if (progress.nextStep !== null) {
    await recordTransition(transaction, action, {
      event: 'action.step_applied',
      at,
      actor: 'system',
      detail: { revision: action.revision, step: current.attempt.step },
    });
    if (await isStopped(transaction, action.workspaceId, action.type)) {
      const why = { at, notBefore: at, reason: 'stopped_between_steps' };
      await requeue(transaction, deps, action, why);
      return { status: 'approved', next: null };
    }
    return continueWith(settling, {
      step: progress.nextStep,
      kind: 'execute',
      results: progress.results,
    });
  }
  const status = await finishExecuted(transaction, record, progress.results, at);
  return { status, next: null };
}

/** Ends an action all of whose steps are applied. */
export async function finishExecuted(
  transaction: Database,
  { action, revision }: ActionRecord,
  results: readonly JsonObject[],
  at: number,
): Promise<ActionStatus> {
  const { status, fence } = action;
  const change = {
    status: 'executed',
    leaseExpiresAt: null,
    notBefore: null,
    settledAt: at,
    outcome: { results },
    updatedAt: at,
  } as const;
  if ((await changeAction(transaction, action, { status, fence }, change)) === null) return status;
  await spendBudget(transaction, action);
  await recordTransition(transaction, action, {
    event: 'action.executed',
    at,
    actor: 'system',
    detail: { revision: action.revision, payloadHash: revision.payloadHash, fence },
    outcome: 'executed',
  });
  return 'executed';
}

async function afterRefused(settling: Settling, reason: string): Promise<Settled> {
  const { transaction, definition, record, at } = settling;
  const { results, unresolved } = progressOf(record, definition);
  if (unresolved !== null) {
    // It may say no because the lost attempt before this one did what was asked.
    const reasonToAsk = { at, reason: 'refused_after_unknown' } as const;
    return { status: await sendToHuman(transaction, record.action, reasonToAsk), next: null };
  }
  if (results.length === 0) return fail(settling, { reason: 'refused', message: reason });
  if (definition.compensate === undefined) {
    const status = await sendToHuman(transaction, record.action, { at, reason: 'half_done' });
    return { status, next: null };
  }
  return continueWith(settling, { step: results.length - 1, kind: 'compensate', results });
}

async function afterCompensation(settling: Settling, result: SendResult): Promise<Settled> {
  const { transaction, record, current, definition, at } = settling;
  if (result.outcome !== 'applied') {
    const status = await sendToHuman(transaction, record.action, { at, reason: 'half_taken_back' });
    return { status, next: null };
  }
  const { step } = current.attempt;
  if (step === 0) return fail(settling, { reason: 'refused_and_taken_back' });
  const { results } = progressOf(record, definition);
  return continueWith(settling, { step: step - 1, kind: 'compensate', results });
}

async function continueWith(
  { transaction, deps, record, at }: Settling,
  next: { step: number; kind: 'execute' | 'compensate'; results: readonly JsonObject[] },
): Promise<Settled> {
  const { action, revision } = record;
  const extended = await changeAction(
    transaction,
    action,
    { status: 'executing', fence: action.fence },
    { leaseExpiresAt: at + deps.timing.leaseMs, updatedAt: at },
  );
  if (extended === null) return { status: action.status, next: null };
  const { step, kind, results } = next;
  const payloadHash = revision.payloadHash ?? '';
  const attempt = await beginAttempt(transaction, extended, { step, kind, payloadHash, at });
  return { status: 'executing', next: { action: extended, attempt, results } };
}

async function fail(
  { transaction, record, at }: Settling,
  outcome: { reason: OutcomeReason; message?: string },
): Promise<Settled> {
  const { action, revision } = record;
  await changeAction(
    transaction,
    action,
    { status: 'executing', fence: action.fence },
    { status: 'failed', leaseExpiresAt: null, settledAt: at, outcome, updatedAt: at },
  );
  await releaseHolds(transaction, action);
  await recordTransition(transaction, action, {
    event: 'action.failed',
    at,
    actor: 'system',
    detail: {
      revision: action.revision,
      payloadHash: revision.payloadHash,
      reason: outcome.reason,
    },
    ...(outcome.message === undefined ? {} : { personal: { message: outcome.message } }),
    outcome: 'failed',
  });
  return { status: 'failed', next: null };
}

async function backToApproved(
  { transaction, deps, record, current, at }: Settling,
  result: { reason: string; retryAfterMs?: number },
): Promise<Settled> {
  const { action } = record;
  const pauseMs = Math.max(
    result.retryAfterMs ?? 0,
    backoffMs(deps.timing, action.attemptCount - 1),
  );
  const notBefore = at + pauseMs;
  await requeue(transaction, deps, action, {
    at,
    notBefore,
    reason: 'surely_not_applied',
    attempt: current.attempt.number,
  });
  return { status: 'approved', next: null };
}

/** Lets an action be claimed once more, because its effect surely has not happened or cannot happen twice. */
export async function requeue(
  transaction: Database,
  deps: ActionDeps,
  action: ActionRow,
  why: { at: number; notBefore: number; reason: string; attempt?: number },
): Promise<void> {
  const { status, fence, revision } = action;
  const { at, notBefore, reason, attempt } = why;
  const change = { status: 'approved', leaseExpiresAt: null, notBefore, updatedAt: at } as const;
  if ((await changeAction(transaction, action, { status, fence }, change)) === null) return;
  await recordTransition(transaction, action, {
    event: 'action.requeued',
    at,
    actor: 'system',
    detail: {
      revision,
      was: status,
      reason,
      notBefore,
      ...(attempt === undefined ? {} : { attempt }),
    },
  });
  await hintWorker(transaction, deps, action, 'execute', notBefore);
}

async function toUnknown(
  { transaction, deps, definition, record, current, at }: Settling,
  reason: string,
): Promise<Settled> {
  const { action } = record;
  // The request may still be on its way until its deadline; only after that does the quiet begin.
  const quietMs = definition.quietPeriodMs ?? deps.timing.quietPeriodMs;
  const notBefore =
    Math.max(at, current.attempt.startedAt + deps.timing.attemptTimeoutMs) + quietMs;
  const change = { status: 'unknown', leaseExpiresAt: null, notBefore, updatedAt: at } as const;
  await changeAction(transaction, action, { status: 'executing', fence: action.fence }, change);
  await recordTransition(transaction, action, {
    event: 'action.unknown',
    at,
    actor: 'system',
    detail: {
      revision: action.revision,
      attempt: current.attempt.number,
      cause: 'no_answer',
      notBefore,
    },
    personal: { reason },
  });
  await hintWorker(transaction, deps, action, 'reconcile', notBefore);
  return { status: 'unknown', next: null };
}
