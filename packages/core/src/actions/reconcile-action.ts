import { z } from 'zod';
import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import type { ActionDeps } from './action-deps.ts';
import { backoffMs } from './action-timing.ts';
import {
  type ActionRecord,
  type ActionRow,
  type AttemptRow,
  changeAction,
  findRecord,
} from './action-rows.ts';
import { beginAttempt, endAttempt } from './begin-attempt.ts';
import type { AnyActionDefinition, ProbeResult } from './define-action.ts';
import { handlerContext } from './handler-context.ts';
import { reasonOf } from './handler-errors.ts';
import { hintWorker } from './hint-worker.ts';
import { takesPayload } from './outdated-payload.ts';
import type { OutcomeReason } from './outcome-reason.ts';
import { type Progress, progressOf } from './progress.ts';
import { putBack } from './put-back.ts';
import { recordTransition } from './record-transition.ts';
import { approvedEffect, withinDeadline } from './send-effect.ts';
import { sendToHuman } from './send-to-human.ts';
import { finishExecuted, requeue } from './settle-attempt.ts';
import { readSinceRestore } from './since-restore.ts';
import { inTrace } from '../tracing/trace-scope.ts';

const probeResultSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('applied'), result: z.record(z.string(), z.json()) }),
  z.object({ outcome: z.literal('absent') }),
  z.object({ outcome: z.literal('unclear'), reason: z.string() }),
]);

/**
 * Finds out what became of an effect whose answer was lost, as its class allows: a keyed one is looked
 * for and sent again under its key, a probeable one is looked for, a blind one goes to a person.
 * @returns where the action stands; null for no action
 */
export async function reconcileAction(deps: ActionDeps, id: string): Promise<ActionStatus | null> {
  const begun = await begin(deps, id);
  if (!begun.isProbing) return begun.status;
  return inTrace({ traceId: begun.action.traceId }, () => look(deps, begun));
}

async function look(
  deps: ActionDeps,
  { definition, record, action, attempt }: Extract<Begun, { isProbing: true }>,
): Promise<ActionStatus> {
  let found: ProbeResult;
  try {
    const { results } = progressOf(record, definition);
    const context = handlerContext(deps, action);
    const effect = approvedEffect(definition, record, action, attempt, results);
    const looking = definition.probe?.(context, effect) ?? cannotProbe();
    const answer = await withinDeadline(looking, context.signal);
    found = probeResultSchema.parse(answer);
  } catch (error) {
    found = { outcome: 'unclear', reason: reasonOf(error) };
  }
  return deps.store.transaction((transaction) =>
    settleProbe(transaction, deps, { definition, action, attempt }, found),
  );
}

type Begun =
  | { isProbing: false; status: ActionStatus | null }
  | {
      isProbing: true;
      definition: AnyActionDefinition;
      record: ActionRecord;
      action: ActionRow;
      attempt: AttemptRow;
    };

/** Takes an unknown action for this worker, or settles it where there is nothing to look for. */
async function begin(deps: ActionDeps, id: string): Promise<Begun> {
  return deps.store.transaction(async (transaction): Promise<Begun> => {
    const record = await findRecord(transaction, id);
    if (record === null) return { isProbing: false, status: null };
    const { action, revision } = record;
    const at = deps.clock.now();
    if (action.status !== 'unknown' || (action.notBefore ?? 0) > at) {
      return { isProbing: false, status: action.status };
    }
    const definition = deps.definitions.get(action.type);
    if (definition === undefined) return { isProbing: false, status: action.status };
    if (await waitsAfterLeap(transaction, deps, { action, definition, at })) {
      return { isProbing: false, status: action.status };
    }
    const toHuman = async (reason: OutcomeReason): Promise<Begun> => ({
      isProbing: false,
      status: await sendToHuman(transaction, action, { at, reason }),
    });
    if (!takesPayload(definition, record)) return toHuman('payload_outdated');
    const progress = progressOf(record, definition);
    if (progress.unresolved?.kind === 'compensate') return toHuman('half_taken_back');
    if (progress.nextStep === null) return toHuman('nothing_left_to_do');
    // The class that was approved counts, whatever the handler says by now.
    if (action.effectClass === 'blind') return toHuman('cannot_be_looked_for');
    if (definition.probe === undefined) {
      if (action.effectClass !== 'keyed') return toHuman('cannot_be_looked_for');
      if (await isUnseenSinceRestore(transaction, record, progress))
        return toHuman('store_restored');
      await requeue(transaction, deps, action, { at, notBefore: at, reason: 'same_key_again' });
      return { isProbing: false, status: 'approved' };
    }
    const claimed = await changeAction(
      transaction,
      action,
      { status: 'unknown', fence: action.fence },
      {
        status: 'reconciling',
        fence: action.fence + 1,
        leaseExpiresAt: at + deps.timing.leaseMs,
        notBefore: null,
        updatedAt: at,
      },
    );
    if (claimed === null) return { isProbing: false, status: action.status };
    const step = progress.nextStep;
    const payloadHash = revision.payloadHash ?? '';
    const attempt = await beginAttempt(transaction, claimed, {
      step,
      kind: 'probe',
      payloadHash,
      at,
    });
    await recordTransition(transaction, action, {
      event: 'action.reconciling',
      at,
      actor: 'system',
      detail: { revision: action.revision, fence: claimed.fence, step, attempt: attempt.number },
    });
    return { isProbing: true, definition, record, action: claimed, attempt };
  });
}

/**
 * Waits the quiet period out where the clock was set ahead meanwhile: a request that is still on its
 * way would otherwise be looked for too early, and sent a second time.
 */
async function waitsAfterLeap(
  transaction: Database,
  deps: ActionDeps,
  { action, definition, at }: { action: ActionRow; definition: AnyActionDefinition; at: number },
): Promise<boolean> {
  const sinceLeapMs = deps.leaps.sinceLeapMs();
  const quietMs =
    deps.timing.attemptTimeoutMs + (definition.quietPeriodMs ?? deps.timing.quietPeriodMs);
  if (sinceLeapMs === null || sinceLeapMs >= quietMs) return false;
  const notBefore = at + quietMs - sinceLeapMs;
  const guard = { status: 'unknown', fence: action.fence } as const;
  await changeAction(transaction, action, guard, { notBefore, updatedAt: at });
  await hintWorker(transaction, deps, action, 'reconcile', notBefore);
  return true;
}

async function settleProbe(
  transaction: Database,
  deps: ActionDeps,
  probed: { definition: AnyActionDefinition; action: ActionRow; attempt: AttemptRow },
  found: ProbeResult,
): Promise<ActionStatus> {
  const { definition, action, attempt } = probed;
  const at = deps.clock.now();
  const guard = { status: 'reconciling', fence: action.fence } as const;
  const mine = await changeAction(transaction, action, guard, { updatedAt: at });
  const status = { applied: 'applied', absent: 'not_applied', unclear: 'unknown' } as const;
  const outcome = found.outcome === 'applied' ? { ...found.result } : { ...found };
  const end = { status: mine === null ? 'late' : status[found.outcome], at, outcome } as const;
  await endAttempt(transaction, attempt, end);
  const record = await findRecord(transaction, action.id, action.workspaceId);
  if (record === null) return action.status;
  if (mine === null) {
    await recordTransition(transaction, action, {
      event: 'action.late_result',
      at,
      actor: 'system',
      detail: { fence: attempt.fence, attempt: attempt.number, outcome: found.outcome },
    });
    return record.action.status;
  }
  if (found.outcome === 'applied') {
    const { nextStep, results } = progressOf(record, definition);
    if (nextStep === null) return finishExecuted(transaction, record, results, at);
    return goOn(transaction, deps, { record, definition, at, reason: 'step_found' });
  }
  if (found.outcome === 'absent') {
    return goOn(transaction, deps, { record, definition, at, reason: 'surely_not_applied' });
  }
  return lookAgainLater(transaction, deps, { record, definition, at });
}

/** Has it carried out, where what was approved still is; what was approved before a restore is not. */
async function goOn(
  transaction: Database,
  deps: ActionDeps,
  found: {
    record: ActionRecord;
    definition: AnyActionDefinition;
    at: number;
    reason: 'step_found' | 'surely_not_applied';
  },
): Promise<ActionStatus> {
  const { record, definition, at, reason } = found;
  const since = await readSinceRestore(transaction, record);
  if (since !== null && !since.isApproved) {
    const why = { at, reason: 'store_restored' } as const;
    // Half of it is done: to decline it would say that nothing was.
    return progressOf(record, definition).isOpen
      ? sendToHuman(transaction, record.action, why)
      : putBack(transaction, record, why);
  }
  await requeue(transaction, deps, record.action, { at, notBefore: at, reason });
  return 'approved';
}

/** Whether it may have been done before its store was restored, and nobody has looked since. */
async function isUnseenSinceRestore(
  transaction: Database,
  record: ActionRecord,
  { nextStep }: Pick<Progress, 'nextStep'>,
): Promise<boolean> {
  const since = await readSinceRestore(transaction, record);
  return since !== null && (!since.isApproved || nextStep === null || !since.hasLooked(nextStep));
}

/** A look that told nothing is repeated, though not for ever. */
async function lookAgainLater(
  transaction: Database,
  deps: ActionDeps,
  looked: { record: ActionRecord; definition: AnyActionDefinition; at: number },
): Promise<ActionStatus> {
  const { record, definition, at } = looked;
  const { action, attempts } = record;
  const lastSent = attempts.findLastIndex(({ kind }) => kind === 'execute');
  const looks = attempts.slice(lastSent + 1).filter(({ kind }) => kind === 'probe').length;
  if (looks >= deps.timing.mostProbes) {
    const mayRepeat =
      action.effectClass === 'keyed' &&
      !(await isUnseenSinceRestore(transaction, record, progressOf(record, definition)));
    if (!mayRepeat) {
      return sendToHuman(transaction, action, { at, reason: 'looked_for_in_vain' });
    }
    await requeue(transaction, deps, action, { at, notBefore: at, reason: 'same_key_again' });
    return 'approved';
  }
  const notBefore = at + backoffMs(deps.timing, looks);
  const change = { status: 'unknown', leaseExpiresAt: null, notBefore, updatedAt: at } as const;
  const guard = { status: 'reconciling', fence: action.fence } as const;
  await changeAction(transaction, action, guard, change);
  await recordTransition(transaction, action, {
    event: 'action.unknown',
    at,
    actor: 'system',
    detail: { revision: action.revision, was: 'reconciling', cause: 'unclear', notBefore },
  });
  await hintWorker(transaction, deps, action, 'reconcile', notBefore);
  return 'unknown';
}

async function cannotProbe(): Promise<ProbeResult> {
  return { outcome: 'unclear', reason: 'nothing to look with' };
}
