import type { ActionStatus } from '../domain.ts';
import type { ActionDeps } from './action-deps.ts';
import { type ActionRecord, changeAction, findRecord } from './action-rows.ts';
import { applyBarrier } from './apply-barrier.ts';
import { beginAttempt } from './begin-attempt.ts';
import { type Barrier, findBarrier, type Rechecked } from './claim-barriers.ts';
import type { AnyActionDefinition } from './define-action.ts';
import { progressOf } from './progress.ts';
import { recordTransition } from './record-transition.ts';
import type { CurrentAttempt } from './send-effect.ts';

/** A claim: the action, its committed attempt, and what its earlier steps gave. */
export interface Claim extends CurrentAttempt {
  record: ActionRecord;
}

/** How old a look at the target may be when the action is claimed. @unit milliseconds */
const longestLookAgeMs = 10_000;

export type ClaimResult = { claim: Claim } | { claim: null; status: ActionStatus | null };

/**
 * Takes an approved action for this worker: checks once more that it may run, raises the fence, and
 * writes the attempt down, all before anything is sent.
 */
export async function claimAction(
  deps: ActionDeps,
  id: string,
  found: {
    definition: AnyActionDefinition;
    revision: number;
    rechecked: Rechecked;
    /** What the look at the target showed, where it keeps the action back. */
    barrier: Barrier | null;
    /** When that look ended. */
    lookedAt: number;
  },
): Promise<ClaimResult> {
  return deps.store.transaction(async (transaction): Promise<ClaimResult> => {
    const record = await findRecord(transaction, id);
    if (record === null) return { claim: null, status: null };
    const { action, revision } = record;
    const at = deps.clock.now();
    const isSame = action.status === 'approved' && action.revision === found.revision;
    if (!isSame || (action.notBefore ?? 0) > at) return { claim: null, status: action.status };
    // Held up since, perhaps by a locked database: what was seen may have changed, so it is looked again.
    if (Math.abs(at - found.lookedAt) > longestLookAgeMs)
      return { claim: null, status: action.status };
    const progress = progressOf(record, found.definition);
    const barrier =
      (await findBarrier(transaction, deps, record, { ...found, progress })) ?? found.barrier;
    if (barrier !== null || progress.nextStep === null) {
      const stop = barrier ?? ({ kind: 'person', reason: 'nothing_left_to_do' } as const);
      const { isOpen } = progress;
      const status = await applyBarrier(transaction, deps, record, { barrier: stop, isOpen });
      return { claim: null, status };
    }
    const claimed = await changeAction(
      transaction,
      action,
      { status: 'approved', revision: action.revision, fence: action.fence },
      {
        status: 'executing',
        fence: action.fence + 1,
        leaseExpiresAt: at + deps.timing.leaseMs,
        notBefore: null,
        attemptCount: action.attemptCount + 1,
        updatedAt: at,
      },
    );
    if (claimed === null) return { claim: null, status: action.status };
    const payloadHash = revision.payloadHash ?? '';
    const step = progress.nextStep;
    const attempt = await beginAttempt(transaction, claimed, {
      step,
      kind: 'execute',
      payloadHash,
      at,
    });
    await recordTransition(transaction, action, {
      event: 'action.claimed',
      at,
      actor: 'system',
      detail: {
        revision: action.revision,
        payloadHash,
        fence: claimed.fence,
        step,
        attempt: attempt.number,
        effectKey: attempt.effectKey,
      },
    });
    return { claim: { record, action: claimed, attempt, results: progress.results } };
  });
}
