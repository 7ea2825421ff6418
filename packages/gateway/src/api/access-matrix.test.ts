import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages } from '../dashboard/all-pages.ts';
import { principalNames, type PrincipalName } from '../testing/api-principals.ts';
import { apiTable, type Entry, expectedOf, type Request } from '../testing/api-table.ts';
import { type ApiWorld, openApiWorld } from '../testing/api-world.ts';
import { allRoutes } from './all-routes.ts';
import type { AnyRoute } from './define-route.ts';

// Every route, asked by everybody, with a request that is right; what each is to get stands in a table
// that was written by hand, and a route without an entry in it fails.

let world: ApiWorld;
beforeAll(async () => {
  world = await openApiWorld();
});
afterAll(() => world.close());

function entryOf({ id }: AnyRoute): Entry {
  const entry = apiTable[id];
  if (entry === undefined) throw new Error(`${id} has no entry in the table.`);
  return entry;
}

const ladder = ['member', 'lead', 'admin'] as const;

async function send(who: PrincipalName, route: AnyRoute, request: Request): Promise<Response> {
  const { parameters = {}, query = '', body } = request;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  return world.ask(who, { method: route.method, path: `${path}${query}`, body });
}

test('the table and the routes name each other, each once', () => {
  const ids = allRoutes.map(({ id }) => id);
  expect(ids).toHaveLength(new Set(ids).size);
  expect(Object.keys(apiTable).toSorted()).toEqual(ids.toSorted());
});

describe.each(allRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s',
  (_, route) => {
    test.each(principalNames)('%s gets what the table says', async (who) => {
      const entry = entryOf(route);
      const answer = await send(who, route, await entry.make(world, who));
      const text = await answer.text();
      expect(answer.status, text.slice(0, 400)).toBe(expectedOf(who, entry));
      if (answer.status >= 400) {
        expect(JSON.parse(text)).toEqual({
          error: {
            code: answer.status === 401 ? 'Authentication' : 'Permission',
            message: expect.any(String),
            hint: expect.any(String),
          },
        });
      } else if (route.answer !== null) {
        // Nothing in it that the document does not name, and all that it names.
        const told: unknown = JSON.parse(text);
        expect(route.answer.parse(told)).toEqual(told);
      }
    });
  },
);

describe('of the other workspace', () => {
  const named = allRoutes.filter((route) => entryOf(route).foreign !== null);
  test.each(named.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s finds nothing, even for an administrator',
    async (_, route) => {
      const request = await entryOf(route).foreign?.(world);
      const answer = await send('admin', route, request ?? {});
      const text = await answer.text();
      expect(answer.status, text).toBe(404);
      expect(text).not.toContain('marmoset');
    },
  );

  test('every path with an id is among them, but for those that are the same everywhere', () => {
    const everywhere = ['briefs.get', 'metrics.compare', 'metrics.explain', 'metrics.get'];
    const others = allRoutes
      .filter((route) => route.path.includes('{') && entryOf(route).foreign === null)
      .map(({ id }) => id);
    expect(others.toSorted()).toEqual(everywhere);
  });
});

describe('pages', () => {
  test.each(allPages.map((page) => [page.path, page] as const))(
    '%s is for people of its role, and for no program',
    async (_, page) => {
      for (const who of principalNames) {
        const path = page.path.replace(/:\w+/g, 'none');
        const { status } = await world.ask(who, { method: 'GET', path });
        const isShort = ladder.findIndex((step) => step === who) < ladder.indexOf(page.role);
        const refused = who === 'nobody' ? 401 : isShort ? 403 : null;
        if (refused !== null) expect(status, `${who} ${path}`).toBe(refused);
        // Of a page of one thing there may be none of that name.
        else expect([200, 404], `${who} ${path}`).toContain(status);
      }
    },
  );
});
