import { canonicalJson } from '../canonical-json.ts';
import type { ActionStatus } from '../domain.ts';
import type { ActionDeps } from './action-deps.ts';
import { backoffMs } from './action-timing.ts';
import { type ActionRecord, findRecord } from './action-rows.ts';
import { type Claim, claimAction } from './claim-action.ts';
import type { Barrier, Rechecked } from './claim-barriers.ts';
import type { AnyActionDefinition } from './define-action.ts';
import { expireAction } from './expire-action.ts';
import { handlerContext } from './handler-context.ts';
import { isDefinitive, reasonOf } from './handler-errors.ts';
import { endOutdated, takesPayload } from './outdated-payload.ts';
import { readStoredPayload } from './outgoing-payload.ts';
import { progressOf } from './progress.ts';
import { type CurrentAttempt, sendEffect } from './send-effect.ts';
import { type Settled, settleAttempt } from './settle-attempt.ts';
import { parseJsonObject } from './stored-preview.ts';
import { storeTroubleIn } from '../store/store-errors.ts';
import { inExecution } from '../tracing/action-spans.ts';
import { inTrace } from '../tracing/trace-scope.ts';

/**
 * Carries out what was approved: looks at the target, claims, sends, settles; one attempt per step.
 * Twice does no harm. @returns where the action stands; null for no action
 */
export async function executeAction(deps: ActionDeps, id: string): Promise<ActionStatus | null> {
  const before = await findRecord(deps.store.read, id);
  if (before === null) return null;
  return inTrace({ traceId: before.action.traceId }, () => executeKnown(deps, before));
}

async function executeKnown(deps: ActionDeps, before: ActionRecord): Promise<ActionStatus | null> {
  const { action } = before;
  const { id } = action;
  const now = deps.clock.now();
  if (action.status !== 'approved') return action.status;
  if (action.executeBy !== null && action.executeBy <= now) return expireAction(deps, id);
  if ((action.notBefore ?? 0) > now) return action.status;
  const definition = deps.definitions.get(action.type);
  if (definition === undefined) {
    deps.logger.log('warn', 'no handler for an approved action', { type: action.type });
    return action.status;
  }
  if (!takesPayload(definition, before)) return endOutdated(deps, id);
  const rechecked = await recheckProofs(deps, before);
  const barrier = await lookAtTarget(deps, before, definition);
  const lookedAt = deps.clock.now();
  const { revision } = action;
  const claimed = await claimAction(deps, id, {
    definition,
    revision,
    rechecked,
    barrier,
    lookedAt,
  });
  if (claimed.claim === null) return claimed.status;
  const { claim } = claimed;
  return inExecution(deps, claim.action, () => carryOut(deps, definition, claim));
}

/** Sends what was claimed and settles it, step by step, while the claim is this worker's. */
async function carryOut(
  deps: ActionDeps,
  definition: AnyActionDefinition,
  claim: Claim,
): Promise<ActionStatus> {
  let next: CurrentAttempt | null = claim;
  let status: ActionStatus = 'executing';
  while (next !== null) {
    const current = next;
    await deps.reach('after_claim_before_send');
    await deps.beforeSend(current.action.workspaceId);
    const result = await sendEffect(deps, definition, claim.record, current);
    await deps.reach('after_reply_before_settle');
    const settled: Settled = await settleInTime(deps, current, () =>
      settleAttempt(deps, definition, current, result),
    );
    await deps.reach('after_settle');
    status = settled.status;
    next = settled.next;
  }
  return status;
}

/** Between two tries to write down what was sent. @unit milliseconds */
const settleAgainMs = 1_000;

/**
 * What was sent is known for sure only here, so it is tried to be written for as long as the claim is
 * this worker's: a disk that is full for a moment makes no effect an unknown one.
 */
async function settleInTime<Result>(
  { clock }: ActionDeps,
  { action }: CurrentAttempt,
  settle: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    try {
      return await settle();
    } catch (error) {
      const isOver = (action.leaseExpiresAt ?? 0) <= clock.now() + settleAgainMs;
      if (isOver || storeTroubleIn(error) === null) throw error;
      await clock.sleep(settleAgainMs);
    }
  }
}

/** Checks the proof of each approval once more. What cannot be checked proves nothing. */
async function recheckProofs(deps: ActionDeps, { decisions }: ActionRecord): Promise<Rechecked> {
  const proven = new Set<string>();
  for (const decision of decisions) {
    if (decision.verdict !== 'approve') continue;
    const { proof, ...told } = decision;
    const evidence = proof === null ? null : parseJsonObject(JSON.stringify(proof));
    const holds = await deps.proofs.recheck({ ...told, evidence }).catch(() => false);
    if (holds) proven.add(decision.id);
  }
  return { proven };
}

/**
 * Reads again what the approval is bound to. Where an effect of our own may already have changed the
 * target, its key or a probe answers for it instead.
 */
async function lookAtTarget(
  deps: ActionDeps,
  record: ActionRecord,
  definition: AnyActionDefinition,
): Promise<Barrier | null> {
  const { action, revision } = record;
  if (progressOf(record, definition).isOpen) return null;
  try {
    const { payload } = readStoredPayload(definition, revision.payload);
    const seen = await definition.observe(handlerContext(deps, action), payload);
    const bound = parseJsonObject(revision.preconditions ?? '{}');
    const present = parseJsonObject(canonicalJson(seen));
    const changed = [...new Set([...Object.keys(bound), ...Object.keys(present)])]
      .filter((name) => canonicalJson(bound[name] ?? null) !== canonicalJson(present[name] ?? null))
      .toSorted();
    if (changed.length === 0) return null;
    return { kind: 'fail', reason: 'target_changed', detail: { changed } };
  } catch (error) {
    const message = reasonOf(error);
    if (isDefinitive(error))
      return { kind: 'fail', reason: 'target_unreadable', detail: { message } };
    const until = deps.clock.now() + backoffMs(deps.timing, action.attemptCount);
    return { kind: 'wait', until, reason: 'target_unreadable' };
  }
}
