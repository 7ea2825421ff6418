import type { Hono } from 'hono';
import { z } from 'zod';
import { requirePerson } from '../auth/require-person.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { readBody } from './answers.ts';
import { passkeyResponseSchema, requireOwnOrigin } from './own-origin.ts';

const emptySchema = z.strictObject({});
const madeSchema = z.strictObject({
  challengeId: z.string().min(1).max(200),
  label: z.string().trim().min(1).max(60),
  response: passkeyResponseSchema,
});
const usedSchema = madeSchema.omit({ label: true });

/** Adds how a signed-in person enrols, signs and revokes passkeys. */
export function addPasskeyRoutes(app: Hono<GatewayVariables>, gateway: GatewayContext): void {
  const { approvers, origin } = gateway;
  app.post('/api/passkeys/challenge', async (context) => {
    await readBody(context, emptySchema);
    return context.json(
      await approvers.beginEnrolment(requirePerson(context.get('principal')).viewer.personId),
    );
  });

  app.post('/api/passkeys', async (context) => {
    const made = await readBody(context, madeSchema);
    requireOwnOrigin(made.response, origin);
    const { personId } = requirePerson(context.get('principal')).viewer;
    return context.json(await approvers.finishEnrolment(personId, made));
  });

  app.post('/api/passkey-requests/:id/challenge', async (context) => {
    await readBody(context, emptySchema);
    const { personId } = requirePerson(context.get('principal')).viewer;
    return context.json(await approvers.beginSigning(personId, context.req.param('id')));
  });

  app.post('/api/passkey-requests/:id/signature', async (context) => {
    const used = await readBody(context, usedSchema);
    requireOwnOrigin(used.response, origin);
    const { personId } = requirePerson(context.get('principal')).viewer;
    const requestId = context.req.param('id');
    return context.json(await approvers.finishSigning(personId, { ...used, requestId }));
  });

  app.post('/api/passkeys/:id/revocation-challenge', async (context) => {
    await readBody(context, emptySchema);
    const { personId } = requirePerson(context.get('principal')).viewer;
    return context.json(await approvers.beginRevocation(personId, context.req.param('id')));
  });

  app.post('/api/passkeys/:id/revocation', async (context) => {
    const used = await readBody(context, usedSchema);
    requireOwnOrigin(used.response, origin);
    const { personId } = requirePerson(context.get('principal')).viewer;
    const authenticatorId = context.req.param('id');
    await approvers.finishRevocation(personId, { ...used, authenticatorId });
    return context.json({ revoked: true });
  });
}
