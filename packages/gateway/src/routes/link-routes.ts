import type { Hono } from 'hono';
import { z } from 'zod';
import { requirePerson } from '../auth/require-person.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { readBody } from './answers.ts';
import { passkeyResponseSchema, requireOwnOrigin } from './own-origin.ts';

const accountSchema = z.strictObject({
  accountSource: z.string().trim().min(1).max(60),
  accountExternalId: z.string().trim().min(1).max(200),
});
const signedSchema = accountSchema.extend({
  challengeId: z.string().min(1).max(200),
  response: passkeyResponseSchema,
});

/** Adds how a signed-in person links accounts whose buttons speak for somebody, and ends that. */
export function addLinkRoutes(app: Hono<GatewayVariables>, gateway: GatewayContext): void {
  const { approvers, origin } = gateway;
  app.post('/api/account-links/challenge', async (context) => {
    const account = await readBody(context, accountSchema);
    return context.json(
      await approvers.beginLink(requirePerson(context.get('principal')).viewer.personId, account),
    );
  });

  app.post('/api/account-links', async (context) => {
    const signed = await readBody(context, signedSchema);
    requireOwnOrigin(signed.response, origin);
    return context.json(
      await approvers.finishLink(requirePerson(context.get('principal')).viewer.personId, signed),
    );
  });

  app.post('/api/account-links/:id/end', async (context) => {
    await readBody(context, z.strictObject({}));
    await approvers.unlink(requirePerson(context.get('principal')).viewer, context.req.param('id'));
    return context.json({ ended: true });
  });
}
