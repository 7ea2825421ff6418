import type { Hono } from 'hono';
import { z } from 'zod';
import { layout } from '../html/layout.ts';
import { signInView } from '../html/sign-in-view.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { securityHeaders } from '../security-headers.ts';
import { readCookie, setCookie } from '../session-cookie.ts';
import { assetNames, assetOf } from '../static/assets.ts';
import { readBody } from './answers.ts';

const tokenSchema = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });

/** A year: what is asked for by its version never changes, and says nothing of anybody. */
const keptForGood = 'public, max-age=31536000, immutable';

/** Adds what works without being signed in: the link, its page, and the page's own files. */
export function addSessionRoutes(
  app: Hono<GatewayVariables>,
  gateway: GatewayContext,
  installation: string | null,
  provider: string | null = null,
): void {
  const { approvers, clock, origin } = gateway;
  app.get('/api/page', (context) => context.json({ page: 'adjutant', installation }));
  app.get('/sign-in', (context) =>
    context.html(layout({ title: 'Sign in', body: signInView(provider), person: null })),
  );

  // The token stands behind the `#` of the link, which no browser sends: only this call brings it.
  app.post('/api/session', async (context) => {
    const { token } = await readBody(context, tokenSchema);
    const { cookie, session } = await approvers.openSession(token);
    const maxAgeSeconds = Math.floor((session.expiresAt - clock.now()) / 1_000);
    context.header('set-cookie', setCookie(origin, cookie, maxAgeSeconds));
    return context.json({ personName: session.personName });
  });

  for (const name of assetNames) {
    app.get(`/assets/${name}`, (context) => {
      const { text, version, contentType } = assetOf(name);
      const isByVersion = context.req.query('v') === version;
      context.set('hasHeaders', true);
      return context.body(text, 200, {
        ...securityHeaders,
        'content-type': contentType,
        ...(isByVersion ? { 'cache-control': keptForGood } : {}),
      });
    });
  }
  app.get('/favicon.ico', (context) => context.body(null, 204));
}

/** Adds signing out. */
export function addSignOutRoute(app: Hono<GatewayVariables>, gateway: GatewayContext): void {
  app.post('/api/session/end', async (context) => {
    const cookie = readCookie(gateway.origin, context.req.header('cookie'));
    if (cookie !== null) await gateway.approvers.endSession(cookie);
    context.header('set-cookie', setCookie(gateway.origin, '', 0));
    return context.json({ ended: true });
  });
}
