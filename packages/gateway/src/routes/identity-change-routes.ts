import { identityOperationSchema } from '@adjutant/core';
import type { Hono } from 'hono';
import { z } from 'zod';
import { passkeySchema } from '../action-decision.ts';
import { requireAccess } from '../auth/require-access.ts';
import { requirePerson } from '../auth/require-person.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { askChange, changeAs } from '../identity-change.ts';
import { readBody } from './answers.ts';

const askedSchema = z.strictObject({ operation: identityOperationSchema });
const changeSchema = askedSchema.extend({ passkey: passkeySchema.optional() });
/** No token makes these changes here: a person is signed in. */
const leads = { role: 'lead', scope: null, agents: false } as const;

/** Adds how a signed-in person changes who is who: shown first, then signed where it takes a passkey. */
export function addIdentityChangeRoutes(
  app: Hono<GatewayVariables>,
  gateway: GatewayContext,
): void {
  app.post('/api/identity-changes/challenge', async (context) => {
    const person = requirePerson(context.get('principal'));
    requireAccess(person, leads);
    const { operation } = await readBody(context, askedSchema);
    return context.json(await askChange(gateway, person, operation));
  });

  app.post('/api/identity-changes', async (context) => {
    const person = requirePerson(context.get('principal'));
    requireAccess(person, leads);
    const { operation, passkey } = await readBody(context, changeSchema);
    await changeAs(gateway, person, operation, passkey);
    return context.json({ changed: true });
  });
}
