import { AdjutantError } from '@adjutant/core/ports';
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
  const addressIn = (request: Request): string | null => addressOf?.(request) ?? null;
  for (const path of ['/api/session', '/api/sign-in/passkey']) {
    app.use(path, async (context, next) => {
      await next();
      // Only now: whoever brings what is right is let in, whatever others at the address brought.
      if (isTheirs(context.error)) guard.stranger('sign_in_failed', addressIn(context.req.raw));
    });
  }
  app.post('/api/sign-in/challenge', async (context) => {
    guard.stranger('sign_in_begun', addressIn(context.req.raw));
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

/** A store that does not answer is no wrong attempt. */
function isTheirs(error: unknown): boolean {
  return AdjutantError.isInstance(error) && error.audience === 'caller';
}
