import { type ActionDetail, AdjutantError, type WorkspaceHandle } from '@adjutant/core';
import type { ButtonBinding } from '../cards/button-value.ts';

/**
 * Returns the action that a button or a form is bound to, as it stands now.
 * @throws AdjutantError `NotFound`, and `Conflict` where the trace is that of another proposal
 */
export async function readBoundAction(
  handle: WorkspaceHandle,
  { actionId, traceId }: ButtonBinding,
): Promise<ActionDetail> {
  const action = await handle.actions.get(actionId);
  if (action.traceId !== traceId) throw otherAction();
  return action;
}

/** True where what is shown is no longer what is asked for: other words, or no decision is awaited. */
export function isStale(action: ActionDetail, { revision, payloadHash }: ButtonBinding): boolean {
  return (
    action.revision !== revision ||
    action.payloadHash !== payloadHash ||
    action.status !== 'pending'
  );
}

export function otherAction(): AdjutantError {
  return new AdjutantError('Conflict', 'The button belongs to another proposal.', {
    hint: 'Press the button of the newest card.',
  });
}
