import type { Hono } from 'hono';
import { z } from 'zod';
import type { RateGuard } from '../auth/rate-limits.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { setCookie } from '../session-cookie.ts';
import { readBody } from './answers.ts';
import { passkeyResponseSchema, requireOwnOrigin } from './own-origin.ts';

const usedSchema = z.strictObject({
  challengeId: z.string().min(1).max(200),
  response: passkeyResponseSchema,
});

/** Adds sign-in with a passkey alone, and the bound on how often anybody tries to sign in. */
export function addPasskeySignIn(
  app: Hono<GatewayVariables>,
  { approvers, clock, origin }: GatewayContext,
  { addressOf }: GatewayOptions,
  guard: RateGuard,
): void {
  for (const path of ['/api/session', '/api/sign-in/*']) {
    app.use(path, async (context, next) => {
      if (context.req.method === 'POST') guard.stranger(addressOf?.(context.req.raw) ?? null);
      return next();
    });
  }
  app.post('/api/sign-in/challenge', async (context) => {
    await readBody(context, z.strictObject({}));
    return context.json(await approvers.beginSignIn());
  });

  app.post('/api/sign-in/passkey', async (context) => {
    const used = await readBody(context, usedSchema);
    requireOwnOrigin(used.response, origin);
    const { cookie, session } = await approvers.finishSignIn(used);
    const maxAgeSeconds = Math.floor((session.expiresAt - clock.now()) / 1_000);
    context.header('set-cookie', setCookie(origin, cookie, maxAgeSeconds));
    return context.json({ personName: session.personName });
  });
}
