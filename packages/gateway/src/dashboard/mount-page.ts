import type { Hono } from 'hono';
import { requirePerson } from '../auth/require-person.ts';
import { requireAccess } from '../auth/require-access.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { layout } from '../html/layout.ts';
import { csrfTokenOf } from '../session-cookie.ts';
import type { PageDefinition } from './define-page.ts';
import { parsePageQuery } from './page-query.ts';

/** Adds one page: who looks is checked, the address is read, and what comes of it is framed. */
export function mountPage(
  app: Hono<GatewayVariables>,
  page: PageDefinition,
  gateway: GatewayContext,
): void {
  app.get(page.path, async (context) => {
    const person = requirePerson(context.get('principal'));
    requireAccess(person, { role: page.role, scope: null, agents: false });
    const workspace = gateway.workspaceOf(person);
    const url = new URL(context.req.url);
    const now = gateway.clock.now();
    const { timeZone } = workspace;
    const query = parsePageQuery(url.searchParams, { now, timeZone });
    const handle = query.teamId === null ? workspace : workspace.forTeam(query.teamId);
    const {
      title = page.title,
      body,
      lookAgainMs,
    } = await page.render({
      handle,
      person,
      query,
      url,
      now,
      gateway,
    });
    const csrf = csrfTokenOf(context.get('cookie'));
    return context.html(layout({ title, body, person, csrf, lookAgainMs, path: page.path }));
  });
}
