import type { ActionDeps } from '../actions/action-deps.ts';
import { proposeAction } from '../actions/propose-action.ts';
import type { PolicyState } from '../policy/policy-state.ts';
import { ownerViewer } from './default-owner.ts';

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
  // Whoever can edit the file is, as far as anybody can tell, the owner: her approval of it is not
  // that of a second person.
  const { personId: sponsorPersonId } = ownerViewer(workspaceId);
  const scope = { deps, workspaceId, viewer: { kind: 'system' }, sponsorPersonId } as const;
  await proposeAction(scope, waiting.proposal);
}
