import { AdjutantError, type WebhookRequest } from '@adjutant/core';
import type { Verdict } from '@adjutant/core/domain';
import { neutralText } from '../../writing/neutral-text.ts';
import { standingOf } from '../cards/standing.ts';
import type { Desk } from './desk.ts';
import { otherAction } from './read-bound-action.ts';
import type { SlackPress } from './read-request.ts';
import { accountOf } from './request-form.ts';

export const howToBeMapped =
  'Nobody here has your Slack account. An administrator runs "adjutant sync" and joins it with you: "adjutant people merge".';

/**
 * Passes on what somebody pressed, with the very request as the proof, and returns what to tell them.
 * Whether it counts is the engine's to say. Throws nothing that a person could do something about.
 */
export async function decideByPress(
  { adjutant, workspaceId, logger }: Desk,
  press: SlackPress,
  verdict: Verdict,
  request: WebhookRequest,
): Promise<string> {
  const { actor, button } = press;
  const { actionId, revision, payloadHash, traceId } = button;
  const person = await adjutant.approvers(workspaceId).viewerOf(accountOf(actor));
  // Refused as nobody's, so that the ledger tells of it too.
  const viewer = person ?? ({ kind: 'system' } as const);
  const { actions } = adjutant.workspace(workspaceId).as(viewer);
  const told = { traceId, actionId, revision, verdict };
  try {
    const action = await actions.get(actionId);
    if (action.traceId !== traceId) throw otherAction();
    const proof = { kind: 'signed_click', source: 'slack', request } as const;
    const decided = await actions.decide({ actionId, revision, payloadHash, verdict, proof });
    logger.log('info', 'A button was pressed.', { ...told, status: decided.status });
    return `${standingOf(decided, decided.revision, { withNames: true })}.`;
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    const { code, message, hint } = error;
    logger.log('warn', 'A press of a button was refused.', { ...told, code });
    if (person === null) return howToBeMapped;
    return neutralText([message, hint ?? ''].join(' '), 600);
  }
}
