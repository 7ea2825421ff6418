import { AdjutantError, type DecisionProof } from '@adjutant/core';
import type { Hono } from 'hono';
import { z } from 'zod';
import { needsPasskey } from '../needs-passkey.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import type { SignedInPerson } from '../auth/principal.ts';
import { requirePerson } from '../auth/require-person.ts';
import { readBody } from './answers.ts';
import { passkeyResponseSchema, requireOwnOrigin } from './own-origin.ts';

const wantedSchema = z.strictObject({
  revision: z.int().min(1),
  payloadHash: z.string().min(1).max(200),
  verdict: z.enum(['approve', 'decline']),
});
const passkeySchema = z.strictObject({
  challengeId: z.string().min(1).max(200),
  response: passkeyResponseSchema,
});
const decisionSchema = wantedSchema.extend({
  reason: z.string().max(2_000).optional(),
  passkey: passkeySchema.optional(),
});
const modificationSchema = z.strictObject({
  revision: z.int().min(1),
  payload: z.record(z.string(), z.json()),
  reason: z.string().trim().min(1).max(2_000),
});
const resolutionSchema = z.strictObject({
  verdict: z.enum(['happened', 'did_not_happen']),
  reason: z.string().trim().min(1).max(2_000),
});
const jsonObjectSchema = z.record(z.string(), z.json());

/** Adds what a signed-in person does with one action. */
export function addDecisionRoutes(app: Hono<GatewayVariables>, gateway: GatewayContext): void {
  const { approvers, origin, workspaceOf } = gateway;
  app.post('/api/actions/:id/challenge', async (context) => {
    const person = requirePerson(context.get('principal'));
    const wanted = await readBody(context, wantedSchema);
    const actionId = context.req.param('id');
    // Only what is shown can be signed: an id of nothing, or of another workspace, gets no challenge.
    const action = await workspaceOf(person).actions.get(actionId);
    if (action.revision !== wanted.revision || action.payloadHash !== wanted.payloadHash) {
      throw changedMeanwhile();
    }
    const reviewerPersonId = person.viewer.personId;
    return context.json(await approvers.beginDecision({ ...wanted, actionId, reviewerPersonId }));
  });

  app.post('/api/actions/:id/decision', async (context) => {
    const person = requirePerson(context.get('principal'));
    const { passkey, reason, ...wanted } = await readBody(context, decisionSchema);
    const actionId = context.req.param('id');
    const actions = workspaceOf(person).actions;
    let proof = sessionProof(person);
    if (passkey !== undefined) {
      requireOwnOrigin(passkey.response, origin);
      const response = jsonObjectSchema.parse(passkey.response);
      proof = { kind: 'passkey', challengeId: passkey.challengeId, response };
    }
    try {
      const decided = await actions.decide({ ...wanted, actionId, reason, proof });
      return context.json({ status: decided.status });
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
  });

  app.post('/api/actions/:id/modification', async (context) => {
    const person = requirePerson(context.get('principal'));
    const change = await readBody(context, modificationSchema);
    const actionId = context.req.param('id');
    const { status, revision } = await workspaceOf(person).actions.modify({ ...change, actionId });
    return context.json({ status, revision });
  });

  app.post('/api/actions/:id/resolution', async (context) => {
    const person = requirePerson(context.get('principal'));
    const { verdict, reason } = await readBody(context, resolutionSchema);
    const actions = workspaceOf(person).actions;
    const { status } = await actions.resolve(context.req.param('id'), verdict, reason);
    return context.json({ status });
  });
}

/** What a person's being signed in proves by itself. */
function sessionProof({ proof, viewer }: SignedInPerson): DecisionProof {
  return proof.kind === 'page_session' ? proof : { ...proof, subject: viewer.personId };
}

function changedMeanwhile(): AdjutantError {
  return new AdjutantError('Conflict', 'The action changed since this page was shown.', {
    hint: 'Reload the page and look at what it is now.',
  });
}
