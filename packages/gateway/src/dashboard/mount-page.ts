import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { html, type SafeHtml } from '@adjutant/insights';
import type { Context, Hono } from 'hono';
import { requireAccess } from '../auth/require-access.ts';
import { requirePerson } from '../auth/require-person.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { layout } from '../html/layout.ts';
import { storeNote } from '../html/store-note.ts';
import { csrfTokenOf } from '../session-cookie.ts';
import { filterBar } from './components/filter-bar.ts';
import { keptQuery } from './components/query-links.ts';
import type { PageDefinition } from './define-page.ts';
import { type PageQuery, parsePageQuery } from './page-query.ts';

/** More names than this are no choice; any can still stand in the address. */
const mostRepositories = 300;

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
    const read = readQuery(url, { now, timeZone: workspace.timeZone });
    const shared = {
      person,
      csrf: csrfTokenOf(context.get('cookie')),
      path: page.path,
      isWide: true,
    };
    if (read.refused !== null) {
      const body = html`${await filtersOf(page, url, { workspace, query: read.query })}<h1>${read.refused.message}</h1><p class="lead">${read.refused.hint}</p>`;
      return context.html(layout({ ...shared, title: read.refused.message, body }), 400);
    }
    const { query } = read;
    const handle = query.teamId === null ? workspace : workspace.forTeam(query.teamId);
    const parameters = parametersOf(context);
    const call = { handle, person, query, url, now, gateway, parameters };
    const { title = page.title, body, lookAgainMs } = await page.render(call);
    const filters = await filtersOf(page, url, { workspace, query });
    return context.html(
      layout({
        ...shared,
        title,
        body: html`${storeNote(gateway.adjutant)}${filters}${body}`,
        lookAgainMs,
        kept: keptQuery(query),
      }),
    );
  });
}

/** A range that cannot be read is answered with the page's filters, in which another one can be chosen. */
function readQuery(
  url: URL,
  place: { now: number; timeZone: string },
): { query: PageQuery; refused: AdjutantError | null } {
  try {
    return { query: parsePageQuery(url.searchParams, place), refused: null };
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'InvalidInput') throw error;
    return { query: parsePageQuery(new URLSearchParams(), place), refused: error };
  }
}

async function filtersOf(
  page: PageDefinition,
  url: URL,
  { workspace, query }: { workspace: WorkspaceHandle; query: PageQuery },
): Promise<SafeHtml | null> {
  if (!page.hasFilters) return null;
  const teams = await workspace.teams();
  const repositories = (await workspace.repositories())
    .map(({ name }) => name)
    .toSorted((left, right) => left.localeCompare(right, 'en'))
    .slice(0, mostRepositories);
  return filterBar(url.pathname, query, { teams, repositories });
}

function parametersOf(context: Context<GatewayVariables>): Record<string, string> {
  return { ...context.req.param() };
}
