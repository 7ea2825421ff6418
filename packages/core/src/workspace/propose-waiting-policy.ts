import type { ActionDeps } from '../actions/action-deps.ts';
import { proposeAction } from '../actions/propose-action.ts';
import type { PolicyState } from '../policy/policy-state.ts';

/**
 * Proposes what a looser policy file waits for, once for each text of it: what was declined or has
 * expired is proposed again when the file changes.
 */
export async function proposeWaitingPolicy(
  deps: ActionDeps,
  workspaceId: string,
  { waiting }: PolicyState,
): Promise<void> {
  if (waiting === null) return;
  await proposeAction({ deps, workspaceId, viewer: { kind: 'system' } }, waiting.proposal);
}
