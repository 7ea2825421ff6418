import type { Hono } from 'hono';
import { z } from 'zod';
import { askPasskey, decideAs, passkeySchema, wantedSchema } from '../action-decision.ts';
import { requirePerson } from '../auth/require-person.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { readBody } from './answers.ts';

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

/** Adds what a signed-in person does with one action. */
export function addDecisionRoutes(app: Hono<GatewayVariables>, gateway: GatewayContext): void {
  const { workspaceOf } = gateway;
  app.post('/api/actions/:id/challenge', async (context) => {
    const person = requirePerson(context.get('principal'));
    const wanted = await readBody(context, wantedSchema);
    const { question } = await askPasskey(gateway, person, context.req.param('id'), wanted);
    return context.json(question);
  });

  app.post('/api/actions/:id/decision', async (context) => {
    const person = requirePerson(context.get('principal'));
    const decision = await readBody(context, decisionSchema);
    const { status } = await decideAs(gateway, person, context.req.param('id'), decision);
    return context.json({ status });
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
