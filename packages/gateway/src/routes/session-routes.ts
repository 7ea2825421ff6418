import type { Hono } from 'hono';
import { z } from 'zod';
import { layout } from '../html/layout.ts';
import { signInView } from '../html/sign-in-view.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { readCookie, setCookie } from '../session-cookie.ts';
import {
  chartStyleSheet,
  dashboardScript,
  dashboardStyleSheet,
  pageScript,
  peopleStyleSheet,
  styleSheet,
} from '../static/static-texts.ts';
import { readBody } from './answers.ts';

const tokenSchema = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });

/** Every file that a page of ours loads. */
const assets: readonly (readonly [name: string, text: () => string])[] = [
  ['page.css', styleSheet],
  ['dashboard.css', dashboardStyleSheet],
  ['charts.css', chartStyleSheet],
  ['people.css', peopleStyleSheet],
  ['page.js', pageScript],
  ['dashboard.js', dashboardScript],
];

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

  for (const [name, text] of assets) {
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    app.get(`/assets/${name}`, (context) =>
      context.body(text(), 200, { 'content-type': `${type}; charset=utf-8` }),
    );
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
