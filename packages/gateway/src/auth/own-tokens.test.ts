import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { AccessScope, Viewer } from '@adjutant/core/domain';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createGateway } from '../create-gateway.ts';
import type { Gateway } from '../gateway-options.ts';
import { noMetrics } from '../testing/no-metrics.ts';
import { openPageWorld, type PageWorld, testOrigin } from '../testing/page-world.ts';

const dayMs = 86_400_000;
let world: PageWorld;
beforeEach(async () => {
  world = await openPageWorld();
});
afterEach(() => world.close());

interface Wanted {
  scopes: AccessScope[];
  agentName?: string;
  expiresInDays?: number;
}
const makeToken = async ({ scopes, ...rest }: Wanted, viewer: Viewer = world.owner) =>
  world.adjutant.accessTokens(viewer).create({ name: 'test', scopes, ...rest });

/** A request as a program sends it: with a token, and with no origin. */
function ask(
  token: string,
  method: string,
  path: string,
  body?: unknown,
  gateway: Gateway = world.page,
): Promise<Response> {
  return gateway.fetch(
    new Request(`${testOrigin}${path}`, {
      method,
      headers: {
        host: 'localhost:4747',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

const project = { key: 'apollo', name: 'Apollo' };

describe('a token of a person', () => {
  test('does what its scopes name, without an origin, and nothing else', async () => {
    const read = await makeToken({ scopes: ['read'] });
    expect((await ask(read.token, 'GET', '/v1/projects')).status).toBe(200);
    const refused = await ask(read.token, 'POST', '/v1/projects', project);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('lacks the scope \\"write\\"');
    const write = await makeToken({ scopes: ['write'] });
    expect((await ask(write.token, 'POST', '/v1/projects', project)).status).toBe(201);
    expect((await ask(write.token, 'GET', '/v1/projects')).status).toBe(403);
  });

  test('that was revoked, has ended, or was never made opens nothing', async () => {
    const revoked = await makeToken({ scopes: ['read'] });
    const short = await makeToken({ scopes: ['read'], expiresInDays: 1 });
    await world.adjutant.accessTokens(world.owner).revoke(revoked.id);
    expect((await ask(short.token, 'GET', '/v1/projects')).status).toBe(200);
    world.clock.advance(dayMs);
    for (const token of [revoked.token, short.token, `adj_${'A'.repeat(43)}`, 'x', '']) {
      const answer = await ask(token, 'GET', '/v1/projects');
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('of another workspace opens nothing here', async () => {
    const other = await world.adjutant.owner('other');
    const { token } = await world.adjutant
      .accessTokens(other, 'other')
      .create({ name: 'test', scopes: ['read'] });
    expect((await ask(token, 'GET', '/v1/projects')).status).toBe(401);
    const there = createGateway(world.adjutant, { origin: testOrigin, workspaceId: 'other' });
    expect((await ask(token, 'GET', '/v1/projects', undefined, there)).status).toBe(200);
  });

  test('that is wrong is not saved by a session beside it', async () => {
    const browser = await world.signIn();
    const wrong = { authorization: `Bearer adj_${'A'.repeat(43)}` };
    expect((await browser.get('/', wrong)).status).toBe(401);
  });

  test('reads no pages', async () => {
    const { token } = await makeToken({ scopes: ['read', 'write', 'propose', 'metrics', 'mcp'] });
    for (const path of ['/', '/approvals', '/passkeys']) {
      expect((await ask(token, 'GET', path)).status).toBe(403);
    }
  });

  test('stands in no log and no answer but its first', async () => {
    const { token } = await makeToken({ scopes: ['read'] });
    const answer = await ask(token, 'GET', '/v1/none');
    expect(await answer.text()).not.toContain(token);
    expect(JSON.stringify(await world.adjutant.accessTokens(world.owner).list())).not.toContain(
      token.slice(4),
    );
  });
});

/** Every route that changes something for somebody who is signed in, read from where it is added. */
function changingRoutes(): string[] {
  const folder = fileURLToPath(new URL('../routes', import.meta.url));
  return readdirSync(folder)
    .flatMap((file) => {
      const text = readFileSync(`${folder}/${file}`, 'utf8');
      return [...text.matchAll(/app\.post\('([^']+)'/g)].map(([, path = '']) => path);
    })
    .filter((path) => path !== '/api/session' && !path.startsWith('/api/sign-in/'));
}

describe('what proves a person', () => {
  test('is never a token: neither an assistant’s nor a person’s decides, signs or links', async () => {
    const action = await world.propose('note.ask', 'hello');
    const { revision, payloadHash } = action;
    const routes = changingRoutes();
    expect(routes).toContain('/api/actions/:id/decision');
    expect(routes.length).toBeGreaterThan(12);
    const scopes: AccessScope[] = ['read', 'propose', 'mcp'];
    const tokens = [
      await makeToken({ scopes, agentName: 'helper' }),
      await makeToken({ scopes: [...scopes, 'write', 'metrics'] }),
    ];
    const bodies: Record<string, unknown> = {
      decision: { revision, payloadHash, verdict: 'approve' },
      challenge: { revision, payloadHash, verdict: 'approve' },
      modification: { revision, payload: { text: 'other' }, reason: 'because' },
      resolution: { verdict: 'happened', reason: 'because' },
    };
    for (const { token } of tokens) {
      for (const route of routes) {
        const body = bodies[route.split('/').at(-1) ?? ''] ?? {};
        const answer = await ask(token, 'POST', route.replace(':id', action.id), body);
        expect(answer.status, route).toBe(403);
      }
    }
    const decided = await ask(
      tokens[0]?.token ?? '',
      'POST',
      `/api/actions/${action.id}/decision`,
      bodies['decision'],
    );
    expect(decided.status).toBe(403);
    const after = await world.read(action.id);
    expect(after).toMatchObject({ status: 'pending', revision, decisions: [] });
  });

  test('an assistant’s token reads for its person and changes nothing of the workspace', async () => {
    const { token } = await makeToken({ scopes: ['read', 'propose', 'mcp'], agentName: 'helper' });
    expect((await ask(token, 'GET', '/v1/projects')).status).toBe(200);
    expect((await ask(token, 'POST', '/v1/projects', project)).status).toBe(403);
  });
});

describe('MCP', () => {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  async function listTools(token: string | null, headers: Record<string, string> = {}) {
    const gateway = createGateway(world.adjutant, {
      origin: testOrigin,
      mcp: { version: '0.0.0', metrics: noMetrics },
    });
    return gateway.fetch(
      new Request(`${testOrigin}/mcp`, {
        method: 'POST',
        headers: {
          host: 'localhost:4747',
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          'mcp-protocol-version': '2025-11-25',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify(message),
      }),
    );
  }

  test('takes a token with its scope, and says which is missing', async () => {
    const { token } = await makeToken({ scopes: ['mcp'], agentName: 'helper' });
    expect((await listTools(token)).status).toBe(200);
    const other = await makeToken({ scopes: ['read'] });
    const refused = await listTools(other.token);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="mcp read"',
    );
    const nobody = await listTools(null);
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  test('takes no session without the page’s origin, and no page of another site', async () => {
    const { cookie } = await world.signIn();
    const session = { cookie: `adjutant_4747=${cookie ?? ''}` };
    expect((await listTools(null, session)).status).toBe(401);
    const elsewhere = { origin: 'https://evil.example' };
    expect((await listTools(null, { ...session, ...elsewhere })).status).toBe(403);
    const { token } = await makeToken({ scopes: ['mcp'] });
    expect((await listTools(token, elsewhere)).status).toBe(403);
    expect((await listTools(null, { host: 'evil.example' })).status).toBe(403);
  });
});

test('the same gateway answers a bare request and a server of Node alike', async () => {
  const { token } = await makeToken({ scopes: ['read', 'write'] });
  await ask(token, 'POST', '/v1/projects', project);
  const listener = getRequestListener((request) => world.page.fetch(request), {
    overrideGlobalObjects: false,
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { request } = await import('node:http');
  const overWire = (path: string, headers: Record<string, string>) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path, headers: { host: 'localhost:4747', ...headers } },
        (response) => {
          let body = '';
          response.on('data', (part: Buffer) => (body += part.toString('utf8')));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  const bearer = { authorization: `Bearer ${token}` };
  for (const [path, headers] of [
    ['/v1/projects', bearer],
    ['/v1/projects', {}],
    ['/v1/projects/apollo', bearer],
    ['/v1/none', bearer],
    ['/sign-in', {}],
  ] as const) {
    const bare = await world.page.fetch(
      new Request(`${testOrigin}${path}`, { headers: { host: 'localhost:4747', ...headers } }),
    );
    expect(await overWire(path, headers)).toEqual({ status: bare.status, body: await bare.text() });
  }
});
