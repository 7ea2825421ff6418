import {
  type ActionDetail,
  AdjutantError,
  type DecisionProof,
  type PasskeyQuestion,
} from '@adjutant/core';
import { z } from 'zod';
import type { SignedInPerson } from './auth/principal.ts';
import type { GatewayContext } from './gateway-context.ts';
import { needsPasskey } from './needs-passkey.ts';
import { passkeyResponseSchema, requireOwnOrigin } from './routes/own-origin.ts';

/** Which words of an action are decided about, and how. */
export const wantedSchema = z.strictObject({
  revision: z.int().min(1),
  payloadHash: z.string().min(1).max(200),
  verdict: z.enum(['approve', 'decline']),
});
export type WantedDecision = z.infer<typeof wantedSchema>;

/** What a passkey answered. */
export const passkeySchema = z.strictObject({
  challengeId: z.string().min(1).max(200),
  response: passkeyResponseSchema,
});

const jsonObjectSchema = z.record(z.string(), z.json());

/**
 * Returns the question that a passkey of somebody signs this decision with.
 * @throws AdjutantError `NotFound`, `Conflict` where the action is not what was shown, `Permission`
 */
export async function askPasskey(
  { adjutant, workspaceOf }: GatewayContext,
  person: SignedInPerson,
  actionId: string,
  wanted: WantedDecision,
): Promise<{ question: PasskeyQuestion; action: ActionDetail }> {
  // Only what is shown can be signed: an id of nothing, or of another workspace, gets no challenge.
  const handle = workspaceOf(person);
  const action = await handle.actions.get(actionId);
  if (action.revision !== wanted.revision || action.payloadHash !== wanted.payloadHash) {
    throw new AdjutantError('Conflict', 'The action changed since this page was shown.', {
      hint: 'Reload the page and look at what it is now.',
    });
  }
  const question = await adjutant.approvers(handle.workspaceId).beginDecision({
    ...wanted,
    actionId,
    reviewerPersonId: person.viewer.personId,
  });
  return { question, action };
}

/**
 * Decides as somebody, by their passkey where one answered, otherwise by their being signed in.
 * @throws AdjutantError as `actions.decide`; `Permission` with what to do where only a passkey counts
 */
export async function decideAs(
  { origin, workspaceOf }: GatewayContext,
  person: SignedInPerson,
  actionId: string,
  decision: WantedDecision & {
    reason?: string | undefined;
    passkey?: z.infer<typeof passkeySchema> | undefined;
  },
): Promise<ActionDetail> {
  const { passkey, reason, ...wanted } = decision;
  const { actions } = workspaceOf(person);
  let proof = sessionProof(person);
  if (passkey !== undefined) {
    requireOwnOrigin(passkey.response, origin);
    const response = jsonObjectSchema.parse(passkey.response);
    proof = { kind: 'passkey', challengeId: passkey.challengeId, response };
  }
  try {
    return await actions.decide({ ...wanted, actionId, reason, proof });
  } catch (error) {
    // The engine has refused it and told the ledger; here the words are for whoever looks at the page.
    const isShort = passkey === undefined && wanted.verdict === 'approve';
    if (!isShort || !AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    if (!needsPasskey(await actions.get(actionId))) throw error;
    throw new AdjutantError('Permission', 'This action takes your passkey.', {
      hint: 'Press "Approve with passkey" on its page; enrol one under "Passkeys" first if you have none.',
      cause: error,
    });
  }
}

/** What a person's being signed in proves by itself. */
function sessionProof({ proof, viewer }: SignedInPerson): DecisionProof {
  return proof.kind === 'page_session' ? proof : { ...proof, subject: viewer.personId };
}
