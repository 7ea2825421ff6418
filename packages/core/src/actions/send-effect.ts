import { z } from 'zod';
import type { ActionDeps } from './action-deps.ts';
import { type ActionRecord, type ActionRow, type AttemptRow, findAction } from './action-rows.ts';
import type {
  AnyActionDefinition,
  ApprovedEffect,
  ExecuteResult,
  JsonObject,
} from './define-action.ts';
import { handlerContext } from './handler-context.ts';
import { reasonOf } from './handler-errors.ts';
import { readStoredPayload } from './outgoing-payload.ts';
import { parseJsonObject } from './stored-preview.ts';

/** How sending ended; `unknown` where no answer tells. */
export type SendResult = ExecuteResult | { outcome: 'unknown'; reason: string };

/** An attempt that is written down and not yet settled. */
export interface CurrentAttempt {
  action: ActionRow;
  attempt: AttemptRow;
  /** What the applied steps before it gave. */
  results: readonly JsonObject[];
}

const executeResultSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('applied'), result: z.record(z.string(), z.json()) }),
  z.object({
    outcome: z.literal('refused'),
    reason: z.string(),
    result: z.record(z.string(), z.json()).optional(),
  }),
  z.object({
    outcome: z.literal('not_applied'),
    reason: z.string(),
    retryAfterMs: z.number().nonnegative().optional(),
  }),
]);

/** Returns what a handler is told to do: words from the row that was approved, and its effect key. */
export function approvedEffect(
  definition: AnyActionDefinition,
  { revision }: Pick<ActionRecord, 'revision'>,
  action: ActionRow,
  attempt: Pick<AttemptRow, 'effectKey' | 'step'>,
  previousResults: readonly JsonObject[],
): ApprovedEffect<never> {
  return {
    actionId: action.id,
    payload: readStoredPayload(definition, revision.payload).payload,
    preconditions: parseJsonObject(revision.preconditions ?? '{}'),
    target: {
      source: action.targetSource ?? '',
      externalId: action.targetExternalId ?? '',
      ref: action.targetRef ?? '',
      url: null,
    },
    effectKey: attempt.effectKey,
    step: attempt.step,
    previousResults,
  };
}

/** Sends one claimed effect, or takes it back, within its lease. Whatever is thrown means: not known. */
export async function sendEffect(
  deps: ActionDeps,
  definition: AnyActionDefinition,
  record: ActionRecord,
  current: CurrentAttempt,
): Promise<SendResult> {
  const { action, attempt } = current;
  const leftMs = (action.leaseExpiresAt ?? 0) - deps.clock.now();
  // A worker that was held up must not send what another may by now have taken over.
  if (leftMs <= 0) return { outcome: 'not_applied', reason: 'the lease ran out before sending' };
  // Nor may one whose clock was set back since: whether it still is this worker's, the row tells.
  const held = await findAction(deps.store.read, action.id, action.workspaceId);
  if (held?.status !== 'executing' || held.fence !== action.fence) {
    return { outcome: 'not_applied', reason: 'another worker has taken it over' };
  }
  const context = handlerContext(deps, action, Math.min(leftMs, deps.timing.attemptTimeoutMs));
  const effect = approvedEffect(definition, record, action, attempt, current.results);
  try {
    const sent =
      attempt.kind === 'compensate'
        ? (definition.compensate?.(context, effect) ?? cannotCompensate())
        : definition.execute(context, effect);
    // Awaited below; until then a failure is not an unhandled one.
    sent.catch(() => undefined);
    await deps.reach('after_send_before_reply');
    return executeResultSchema.parse(await withinDeadline(sent, context.signal)) as ExecuteResult;
  } catch (error) {
    return { outcome: 'unknown', reason: reasonOf(error) };
  }
}

async function cannotCompensate(): Promise<ExecuteResult> {
  return { outcome: 'refused', reason: 'it cannot be taken back' };
}

/** A handler that does not heed its signal is left behind: its outcome is unknown. */
export async function withinDeadline<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error('no answer in time', { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
