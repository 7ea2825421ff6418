import { AdjutantError } from '../errors.ts';
import { type ActionRow, findAction } from './action-rows.ts';
import type { ActionScope } from './action-scope.ts';
import type { ElicitedAnswer } from './assistant-actions.ts';
import { decideAction } from './decide-action.ts';
import { refuseDecision } from './refuse-decision.ts';
import { refuseUnknownAction } from './refuse-unknown-action.ts';

/** A client names itself, as long as it likes. */
const longestClient = 200;

/**
 * Notes what a person answered to a form that an assistant's client showed: as the sponsor's, and as
 * unverified. It counts where policy says `ask`; for anything else it is refused and told in the
 * ledger, because a client can fill in its own forms.
 * @throws AdjutantError `Permission`, `Conflict` (another revision or hash), `NotFound`
 */
export async function noteElicitedAnswer(
  scope: ActionScope,
  answer: ElicitedAnswer,
): Promise<ActionRow> {
  const { viewer, deps, workspaceId } = scope;
  if (viewer.kind !== 'agent') {
    throw new AdjutantError('Permission', 'Forms are shown by the clients of assistants.', {
      hint: 'A person decides with actions.decide.',
    });
  }
  const { client, ...words } = answer;
  const proof = { kind: 'elicitation', client: client.slice(0, longestClient) } as const;
  const decision = { ...words, proof };
  const action = await findAction(deps.store.read, answer.actionId, workspaceId);
  if (action === null) throw await refuseUnknownAction(scope, answer.actionId, 'decide');
  if (action.mode !== 'ask') {
    throw await refuseDecision(scope, action, { decision, why: 'not_a_person' });
  }
  // No more than a member: what an administrator may do beside deciding is not done through a form.
  const sponsor = { kind: 'person', personId: viewer.sponsorPersonId, role: 'member' } as const;
  return decideAction({ ...scope, viewer: sponsor }, decision);
}
