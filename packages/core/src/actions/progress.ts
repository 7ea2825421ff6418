import type { ActionRecord, AttemptRow } from './action-rows.ts';
import type { AnyActionDefinition, JsonObject } from './define-action.ts';
import { readStoredPayload } from './outgoing-payload.ts';

/** How far an action has come, as its attempts tell. */
export interface Progress {
  steps: readonly string[];
  /** What the applied steps gave, in order. */
  results: readonly JsonObject[];
  /** The first step that is not applied; null once all are. */
  nextStep: number | null;
  /** The attempt whose outcome nobody knows yet; null where there is none. */
  unresolved: AttemptRow | null;
  /** Something was done, or may have been: it cannot end as if nothing had. */
  isOpen: boolean;
  /** An answer that came too late said that the next step was done. */
  hasLateSuccess: boolean;
}

const openStatuses: ReadonlySet<AttemptRow['status']> = new Set(['started', 'unknown', 'late']);

/** Returns how far an action has come. */
export function progressOf(record: ActionRecord, definition: AnyActionDefinition): Progress {
  const steps = stepsOf(record, definition);
  const results: JsonObject[] = [];
  let nextStep: number | null = null;
  for (let step = 0; step < steps.length && nextStep === null; step += 1) {
    const applied = record.attempts.find(
      (attempt) =>
        attempt.step === step && attempt.kind !== 'compensate' && attempt.status === 'applied',
    );
    if (applied === undefined) nextStep = step;
    else results.push(applied.outcome as JsonObject);
  }
  const unresolved = findUnresolved(record, nextStep);
  const hasLateSuccess = record.attempts.some(
    ({ step, kind, status, outcome }) =>
      step === nextStep &&
      kind === 'execute' &&
      status === 'late' &&
      outcome?.['outcome'] === 'applied',
  );
  const isOpen = results.length > 0 || unresolved !== null || hasLateSuccess;
  return { steps, results, nextStep, unresolved, isOpen, hasLateSuccess };
}

/**
 * A later attempt that was surely not applied says nothing of an earlier one that nobody answered:
 * only a look at the target settles that.
 */
function findUnresolved({ attempts }: ActionRecord, nextStep: number | null): AttemptRow | null {
  let unresolved: AttemptRow | null = null;
  for (const attempt of attempts) {
    if (attempt.kind !== 'compensate' && attempt.step !== nextStep) continue;
    const isSettledByLook = attempt.kind === 'probe' && attempt.status === 'not_applied';
    if (isSettledByLook) unresolved = null;
    else if (attempt.kind !== 'probe' && openStatuses.has(attempt.status)) unresolved = attempt;
  }
  return unresolved;
}

function stepsOf({ revision }: ActionRecord, definition: AnyActionDefinition): readonly string[] {
  if (definition.steps === undefined) return ['effect'];
  const named = definition.steps(readStoredPayload(definition, revision.payload).payload);
  return named.length === 0 ? ['effect'] : named;
}
