import { readFileSync } from 'node:fs';
import { type AccessScope, accessScopeSchema, allowsScope } from '@adjutant/core/domain';
import { tools } from '@adjutant/mcp-server';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allRoutes } from './api/all-routes.ts';
import type { AnyRoute } from './api/define-route.ts';
import { serveGateway, type ServedGateway } from './serve-gateway.ts';
import { apiTable } from './testing/api-table.ts';
import { type ApiWorld, openApiWorld } from './testing/api-world.ts';
import { resourceTwins, toolTwins } from './testing/mcp-twins.ts';

// Every tool, resource and prompt, and every route under /v1, asked over a socket with tokens of every
// scope, of every two, and of all: MCP and the route that answers the same say the same.

const agentName = 'assistant';
const eras = ['2025-11-25', '2026-07-28'] as const;
const prompts = ['standup', 'sprint-health', 'triage', 'ask', 'weekly', 'incident'];
const { options: scopes } = accessScopeSchema;
const agentScopes: readonly AccessScope[] = ['read', 'propose', 'report', 'mcp'];

interface Holder {
  name: string;
  scopes: readonly AccessScope[];
  isAgent: boolean;
}

function pairsOf(all: readonly AccessScope[]): AccessScope[][] {
  return all.flatMap((one, index) => [[one], ...all.slice(index + 1).map((other) => [one, other])]);
}

const holders: readonly Holder[] = [
  ...[...pairsOf(agentScopes), agentScopes].map((held) => ({ scopes: held, isAgent: true })),
  ...[...pairsOf(scopes), scopes].map((held) => ({ scopes: held, isAgent: false })),
].map((holder) => ({
  ...holder,
  name: `${holder.isAgent ? 'an assistant' : 'a program'} with ${holder.scopes.join(' ')}`,
}));

let world: ApiWorld;
let served: ServedGateway;
const tokens = new Map<string, string>();
beforeAll(async () => {
  world = await openApiWorld();
  served = await serveGateway(world.adjutant, {
    port: 0,
    clock: world.clock,
    mcp: { version: '1.2.3', metrics: allMetrics },
    limits: { readsPerMinute: 1e9, writesPerMinute: 1e9, signInsPerMinute: 1e9 },
  });
  const { member, admin } = world.castOf('default');
  for (const { name, scopes: held, isAgent } of holders) {
    const viewer = isAgent
      ? ({ kind: 'person', personId: member, role: 'member' } as const)
      : ({ kind: 'person', personId: admin, role: 'admin' } as const);
    const made = await world.adjutant.accessTokens(viewer).create({
      name: 'matrix',
      scopes: [...held],
      ...(isAgent ? { agentName } : {}),
    });
    tokens.set(name, made.token);
  }
}, 60_000);
// Nobody may have many proposals that wait.
afterEach(async () => {
  for (;;) {
    const { items } = await world.admin().actions.list({ status: ['pending'], limit: 50 });
    if (items.length === 0) return;
    for (const { id } of items) await world.admin().actions.withdraw(id);
  }
});
afterAll(async () => {
  await served.close();
  await world.close();
});

const bearer = (holder: Holder) => ({ authorization: `Bearer ${tokens.get(holder.name) ?? ''}` });

/** What is refused changes nothing, so what is made for one of whom it is refused does for all. */
const madeOnce = new Map<string, unknown>();

async function once<Made>(key: string, isOpen: boolean, make: () => Promise<Made> | Made) {
  if (isOpen) return make();
  if (!madeOnce.has(key)) madeOnce.set(key, await make());
  return madeOnce.get(key) as Made;
}

async function askRoute(holder: Holder, route: AnyRoute, isOpen: boolean): Promise<number> {
  const entry = apiTable[route.id];
  if (entry === undefined) throw new Error(`${route.id} has no entry in the table.`);
  const who = holder.isAgent ? 'agent' : 'admin';
  const made = await once(`${route.id} ${who}`, isOpen, () => entry.make(world, who));
  const { parameters = {}, query = '', body } = made;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const response = await fetch(`${served.origin}${path}${query}`, {
    method: route.method,
    headers: { ...bearer(holder), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await response.text();
  return response.status;
}

/** Sends a message as a client of that revision does, and returns what it is answered. */
async function askMcp(
  holder: Holder,
  revision: (typeof eras)[number],
  method: string,
  params: Record<string, unknown> = {},
) {
  const isModern = revision === '2026-07-28';
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'a-test-client', version: '1.0.0' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const named = params['name'] ?? params['uri'];
  const response = await fetch(`${served.origin}/mcp`, {
    method: 'POST',
    headers: {
      ...bearer(holder),
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': revision,
      ...(isModern ? { 'mcp-method': method } : {}),
      ...(isModern && typeof named === 'string' ? { 'mcp-name': named } : {}),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 7,
      method,
      params: isModern ? { ...params, _meta: envelope } : params,
    }),
  });
  const text = await response.text();
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  const message = JSON.parse(data) as {
    id: unknown;
    error?: { message: string };
    result?: Record<string, unknown>;
  };
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    message,
    text,
  };
}

type Answered = Awaited<ReturnType<typeof askMcp>>;

function expectMissing(
  answered: Answered,
  holder: Holder,
  ...wanted: readonly AccessScope[]
): void {
  const { status, challenge, message, text } = answered;
  expect(status, text).toBe(403);
  const asked = /scope="([^"]*)"/.exec(challenge ?? '')?.[1]?.split(' ') ?? [];
  expect(challenge).toMatch(/^Bearer error="insufficient_scope", scope="/);
  if (!holder.scopes.includes('mcp')) {
    expect(message.error?.message).toContain('lacks the scope "mcp"');
    return expect(asked).toContain('mcp');
  }
  const missing = wanted.filter((scope) => !may(holder, scope));
  expect(asked.toSorted()).toEqual([...new Set([...holder.scopes, ...missing])].toSorted());
  expect(message).toMatchObject({ id: 7 });
  for (const scope of missing) {
    expect(message.error?.message).toContain(`"${scope}"`);
    expect(message.error?.message).toContain(`--scope ${scope}`);
  }
}

const may = (holder: Holder, scope: AccessScope) =>
  holder.scopes.includes('mcp') && allowsScope(holder.scopes, scope);

function routeOf(id: string): AnyRoute {
  const route = allRoutes.find((one) => one.id === id);
  if (route === undefined) throw new Error(`There is no route ${id}.`);
  return route;
}

/** A tool's name without what makes one call of it another. */
const nameOf = (twin: string) => twin.split(' ')[0] ?? '';
const scopeOf = (id: string) => routeOf(id).access.scope ?? 'mcp';

/** The twin of an address: its own, or that of the template that it fills in. */
function twinOf(uri: string): string | undefined {
  return Object.keys(resourceTwins).find((twin) => {
    const [before = '', after] = twin.split('{id}');
    return after === undefined ? uri === twin : uri.startsWith(before) && uri.endsWith(after);
  });
}

test('every tool has its twin, and asks for what the route asks for', () => {
  expect([...new Set(Object.keys(toolTwins).map(nameOf))].toSorted()).toEqual(
    tools.map(({ name }) => name).toSorted(),
  );
  for (const tool of tools) {
    expect([tool.name, tool.scope]).toEqual([
      tool.name,
      scopeOf(toolTwins[tool.name]?.route ?? ''),
    ]);
  }
});

describe.each(holders.map((holder) => [holder.name, holder] as const))('%s', (_, holder) => {
  test('gets of every route what its scopes open', async () => {
    for (const route of allRoutes) {
      const { scope, agents } = route.access;
      const isOpen =
        scope !== null && allowsScope(holder.scopes, scope) && (agents || !holder.isAgent);
      const status = await askRoute(holder, route, isOpen);
      expect(status, route.id).toBe(isOpen ? route.status : 403);
    }
  }, 60_000);

  test.each(eras)(
    'in revision %s calls the tools whose routes answer it',
    async (revision) => {
      const opened: [name: string, call: () => Promise<Answered>][] = [];
      const refused: (() => Promise<void>)[] = [];
      for (const [name, { route, also, input }] of Object.entries(toolTwins)) {
        const wanted = [route, ...(also === undefined ? [] : [also])].map(scopeOf);
        const isOpen = wanted.every((scope) => may(holder, scope));
        const words = await once(name, isOpen, () => input(world, agentName));
        const params = { name: nameOf(name), arguments: words };
        const call = () => askMcp(holder, revision, 'tools/call', params);
        if (isOpen) opened.push([name, call]);
        else refused.push(async () => expectMissing(await call(), holder, ...wanted));
      }
      // All that is refused first, so that one look tells that none of it wrote anything.
      const before = await writtenBy();
      for (const expectRefused of refused) await expectRefused();
      expect(await writtenBy()).toEqual(before);
      for (const [name, call] of opened) {
        const answered = await call();
        expect(answered.status, `${name} ${answered.text}`).toBe(200);
        // The programs of an administrator are her, so nobody’s proposals but her own are hers to take back.
        if (holder.isAgent) {
          expect(answered.message.result?.['isError'], `${name} ${answered.text}`).not.toBe(true);
        }
      }
    },
    60_000,
  );

  test.each(eras)(
    'in revision %s reads and lists what its scopes open',
    async (revision) => {
      for (const [name, { route, uri }] of Object.entries(resourceTwins)) {
        const answered = await askMcp(holder, revision, 'resources/read', {
          uri: await uri(world),
        });
        if (may(holder, scopeOf(route))) expect(answered.message.result, name).toBeDefined();
        else expectMissing(answered, holder, scopeOf(route));
      }
      for (const name of prompts) {
        const params = { name, arguments: name === 'ask' ? { question: 'Why?' } : {} };
        const answered = await askMcp(holder, revision, 'prompts/get', params);
        if (may(holder, 'read')) expect(answered.status, answered.text).toBe(200);
        else expectMissing(answered, holder, 'read');
      }
      if (!holder.scopes.includes('mcp')) return;
      const list = async (kind: string, field: string, of = 'name') => {
        const { message } = await askMcp(holder, revision, `${kind}/list`);
        return ((message.result?.[field] ?? []) as Record<string, string>[]).map((one) => one[of]);
      };
      const mayRead = may(holder, 'read');
      expect(await list('tools', 'tools')).toEqual(
        tools.filter(({ scope }) => may(holder, scope)).map(({ name }) => name),
      );
      expect(await list('prompts', 'prompts')).toEqual(mayRead ? prompts : []);
      const addresses = await list('resources', 'resources', 'uri');
      const templates = await list('resources/templates', 'resourceTemplates', 'uriTemplate');
      const listed = new Set([...templates, ...addresses.map((uri) => twinOf(uri ?? '') ?? uri)]);
      expect([...listed].toSorted()).toEqual(mayRead ? Object.keys(resourceTwins).toSorted() : []);
    },
    60_000,
  );
});

/** How much was proposed, reported and asked for. */
async function writtenBy() {
  const admin = world.admin();
  const { member } = world.castOf('default');
  const own = world.as({ kind: 'person', personId: member, role: 'member' });
  const [actions, withdrawn, reports, status] = await Promise.all([
    admin.actions.list({ limit: 1 }),
    admin.actions.list({ limit: 1, status: ['revoked'] }),
    own.reports.list({ limit: 1 }),
    admin.syncStatus(),
  ]);
  return [actions.total, withdrawn.total, reports.total, status.pendingRefresh];
}

test('the page of the guide has the table', () => {
  const page = readFileSync(
    new URL('../../../docs/guide/tokens-and-scopes.md', import.meta.url),
    'utf8',
  ).replaceAll(/ +\|/g, ' |');
  for (const line of guideLines()) expect(page).toContain(line);
});

function guideLines(): string[] {
  const line = (asked: string, id: string) => {
    const { method, path } = routeOf(id);
    return `| ${asked} | \`${scopeOf(id)}\` | \`${method} ${path}\` |`;
  };
  const toolLines = Object.entries(toolTwins).map(([name, { route }]) => {
    const asked = `\`${nameOf(name)}\``;
    return line(name === nameOf(name) ? asked : `${asked} with \`refresh\``, route);
  });
  const resourceLines = Object.entries(resourceTwins).map(([uri, { route }]) =>
    line(`\`${uri}\``, route),
  );
  return [...toolLines, ...resourceLines];
}
