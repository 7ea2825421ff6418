import { AdjutantError } from '@adjutant/core/ports';
import type { Viewer } from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import type { AssistantHandle } from '../assistant-handle.ts';
import { fakeMetricSet } from '../testing/fake-metrics.ts';
import { fakeWorkspace } from '../testing/fake-workspace.ts';
import {
  type AdjutantHttpOptions,
  createAdjutantHttpHandler,
} from './create-adjutant-http-handler.ts';

const url = 'http://localhost:4000/mcp';
const mira: Viewer = { kind: 'person', personId: 'mira', role: 'lead' };

function handlerOver(handle: AssistantHandle, options: Partial<AdjutantHttpOptions> = {}) {
  const seen: Viewer[] = [];
  const as = (viewer: Viewer) => {
    seen.push(viewer);
    return { ...handle, viewer };
  };
  const handler = createAdjutantHttpHandler(() => ({ as }), {
    version: '0.0.0',
    metrics: fakeMetricSet,
    authenticate: () => mira,
    ...options,
  });
  return { handler, seen };
}

interface Call {
  method?: string;
  params?: Record<string, unknown>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const listWork = { name: 'list_work', arguments: { limit: 1 } };

/** A request as a client of revision 2026-07-28 sends it. */
function modern({ method = 'tools/call', params = listWork, headers = {}, signal }: Call = {}) {
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'a-test-client', version: '1.0.0' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const name = typeof params['name'] === 'string' ? { 'mcp-name': params['name'] } : {};
  const uri = typeof params['uri'] === 'string' ? { 'mcp-name': params['uri'] } : {};
  const standard = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...name, ...uri };
  return post(
    { method, params: { ...params, _meta: envelope } },
    { ...standard, ...headers },
    signal,
  );
}

/** A request as a client of revision 2025-11-25 sends it. */
function legacy({ method = 'tools/call', params = listWork, headers = {}, signal }: Call = {}) {
  return post({ method, params }, { 'mcp-protocol-version': '2025-11-25', ...headers }, signal);
}

function post(message: object, headers: Record<string, string>, signal?: AbortSignal): Request {
  return new Request(url, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, ...message }),
    ...(signal === undefined ? {} : { signal }),
  });
}

const eras = { '2025-11-25': legacy, '2026-07-28': modern };

describe.each(Object.entries(eras))('over HTTP, asked in revision %s', (revision, request) => {
  it('answers a call with what stdio answers', async () => {
    const response = await handlerOver(fakeWorkspace()).handler(request());
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain('"structuredContent"');
    expect(text).toContain('"total":58');
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('reads as the agent of the person whom the host authenticated', async () => {
    const { handler, seen } = handlerOver(fakeWorkspace());
    await (await handler(request())).text();
    expect(seen).toEqual([{ kind: 'agent', name: 'mcp', sponsorPersonId: 'mira' }]);
  });

  it('touches no workspace to list the tools', async () => {
    const { handler, seen } = handlerOver(fakeWorkspace());
    const response = await handler(request({ method: 'tools/list', params: {} }));
    expect(await response.text()).toContain('get_team_overview');
    expect(seen).toEqual([]);
  });

  it('says how long an answer may be kept, to who can understand it', async () => {
    const { handler } = handlerOver(fakeWorkspace());
    const ask = async (method: string, params: Record<string, unknown> = {}) =>
      (await handler(request({ method, params }))).text();
    const lists = await ask('tools/list');
    const definition = await ask('resources/read', { uri: 'adjutant://metrics/lead_time' });
    const team = await ask('resources/read', { uri: 'adjutant://team' });
    if (revision === '2025-11-25') {
      expect(lists + definition + team).not.toContain('ttlMs');
      return;
    }
    for (const fixed of [lists, definition]) {
      expect(JSON.parse(fixed)).toMatchObject({
        // What a caller sees depends on the scopes of its token.
        result: { ttlMs: 3_600_000, cacheScope: 'private' },
      });
    }
    expect(JSON.parse(team)).toMatchObject({ result: { ttlMs: 0, cacheScope: 'private' } });
  });

  it('stops where the caller has gone', async () => {
    const calls: string[] = [];
    const gone = new AbortController();
    const workspace = fakeWorkspace();
    const { handler } = handlerOver({
      ...workspace,
      teams: async () => {
        calls.push('teams');
        gone.abort();
        return workspace.teams();
      },
      overview: (query) => {
        calls.push('overview');
        return workspace.overview(query);
      },
    });
    const params = { name: 'get_team_overview', arguments: {} };
    const answer = handler(request({ params, signal: gone.signal }));
    // Some wait for the end of the exchange, some only for its head.
    await answer.then((response) => response.text()).catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual(['teams']);
  });
});

describe('who may ask', () => {
  it('nobody whom the host does not know, and nothing is read of what they sent', async () => {
    const { handler, seen } = handlerOver(fakeWorkspace(), {
      authenticate: async () => null,
      challenge: 'Bearer resource_metadata="https://mcp.example.com/about"',
    });
    const request = modern();
    const response = await handler(request);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('resource_metadata');
    expect(request.bodyUsed).toBe(false);
    expect(seen).toEqual([]);
  });

  it('an agent as itself', async () => {
    const agent: Viewer = { kind: 'agent', name: 'nightly', sponsorPersonId: 'jun' };
    const { handler, seen } = handlerOver(fakeWorkspace(), { authenticate: () => agent });
    await (await handler(modern())).text();
    expect(seen).toEqual([agent]);
  });

  it.each([
    ['the system', () => ({ kind: 'system' as const })],
    [
      'a host that fails',
      () => {
        throw new Error('canary-secret');
      },
    ],
  ])('not %s: the answer says nothing and the log names it', async (_name, authenticate) => {
    const logged: unknown[][] = [];
    const log = (...entry: unknown[]) => void logged.push(entry);
    const { handler } = handlerOver(fakeWorkspace(), { authenticate, logger: { log } });
    const response = await handler(modern());
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('canary-secret');
    expect(logged).toEqual([['error', 'mcp request failed', expect.anything()]]);
    expect(JSON.stringify(logged)).not.toContain('canary-secret');
  });

  it('the workspace of the request, by who asks', async () => {
    const asked: unknown[] = [];
    const handler = createAdjutantHttpHandler(
      async (request, viewer) => {
        asked.push([new URL(request.url).pathname, viewer]);
        return { as: () => fakeWorkspace({ pullRequests: 3 }) };
      },
      { version: '0.0.0', metrics: fakeMetricSet, authenticate: () => mira },
    );
    expect(await (await handler(modern())).text()).toContain('"total":3');
    expect(asked).toEqual([['/mcp', { kind: 'agent', name: 'mcp', sponsorPersonId: 'mira' }]]);
  });
});

describe('which site may ask', () => {
  const sites = {
    allowedHosts: ['mcp.example.com', 'LOCALHOST', '[::1]'],
    allowedOrigins: ['https://app.example.com'],
  };
  it.each([
    [{ host: 'mcp.example.com' }, 200],
    [{ host: 'MCP.example.com:8443' }, 200],
    [{ host: '[::1]:80' }, 200],
    [{ host: 'localhost' }, 200],
    [{}, 200],
    [{ host: '127.0.0.1' }, 403],
    [{ host: 'mcp.example.com.evil.example' }, 403],
    [{ host: 'evil.example@mcp.example.com' }, 403],
    [{ host: 'mcp.example.com/..' }, 403],
    [{ host: '' }, 403],
    [{ origin: 'https://app.example.com' }, 200],
    [{ origin: 'http://app.example.com' }, 403],
    [{ origin: 'https://app.example.com:8443' }, 403],
    [{ host: 'mcp.example.com', origin: 'https://mcp.example.com' }, 200],
    [{ host: 'mcp.example.com:443', origin: 'https://mcp.example.com' }, 200],
    [{ host: 'mcp.example.com', origin: 'https://mcp.example.com:444' }, 403],
    [{ host: 'mcp.example.com', origin: 'null' }, 403],
    [{ host: 'mcp.example.com', origin: 'https://mcp.example.com/path' }, 403],
    [{ host: 'mcp.example.com', 'x-forwarded-host': 'evil.example' }, 200],
    [{ host: 'evil.example', 'x-forwarded-host': 'mcp.example.com' }, 403],
  ])('%j is answered with %i', async (headers: Record<string, string>, status) => {
    const { handler } = handlerOver(fakeWorkspace(), sites);
    expect((await handler(modern({ headers }))).status).toBe(status);
  });

  it('only this machine, unless told', async () => {
    const { handler } = handlerOver(fakeWorkspace());
    const status = async (host: string) => (await handler(modern({ headers: { host } }))).status;
    expect(await Promise.all(['localhost:1', '127.0.0.1:1', '[::1]:1'].map(status))).toEqual([
      200, 200, 200,
    ]);
    expect(await status('mcp.example.com')).toBe(403);
  });
});

describe('the form of a request', () => {
  it.each([
    [{ accept: 'text/html' }, 406],
    [{ accept: 'application/json' }, 406],
    [{ accept: '*/*' }, 200],
    [{ accept: 'application/*;q=0.9, TEXT/event-stream' }, 200],
    [{ 'content-type': 'application/json; charset=utf-8' }, 200],
    [{ 'content-type': 'text/plain' }, 415],
  ])('%j is answered with %i', async (headers: Record<string, string>, status) => {
    const { handler } = handlerOver(fakeWorkspace());
    expect((await handler(modern({ headers }))).status).toBe(status);
  });

  it('a body may be as large as told and not larger', async () => {
    const exact = Buffer.byteLength(await modern().text());
    for (const [maxBodyBytes, status] of [
      [exact, 200],
      [exact - 1, 413],
    ] as const) {
      const { handler } = handlerOver(fakeWorkspace(), { maxBodyBytes });
      expect((await handler(modern())).status).toBe(status);
    }
  });
});

describe('options that can never work', () => {
  it.each([
    { allowedHosts: ['https://mcp.example.com'] },
    { allowedHosts: ['mcp.example.com:443'] },
    { allowedHosts: [''] },
    { allowedOrigins: ['app.example.com'] },
    { allowedOrigins: ['https://app.example.com/'] },
    { maxBodyBytes: 0 },
    { maxBodyBytes: 1.5 },
    { challenge: 'Bearer\r\nset-cookie: a=b' },
    { resourceMetadata: '/metadata' },
    { resourceMetadata: 'https://a.example/"x' },
  ])('%j is refused at once', (options) => {
    expect(() => handlerOver(fakeWorkspace(), options)).toThrow(AdjutantError);
  });
});

describe('a batch', () => {
  const call = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/list', params: {} });
  const send = (body: unknown, revision: string | null) => {
    const headers = new Headers({
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    });
    if (revision !== null) headers.set('mcp-protocol-version', revision);
    const { handler } = handlerOver(fakeWorkspace());
    return handler(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  };

  it.each(['2024-11-05', '2025-06-18', '2025-11-25', '2026-07-28', '2025-03-26x', ''])(
    'of revision "%s" is refused',
    async (revision) => {
      for (const body of [[call(1)], [call(1), call(2)], []]) {
        const answer = await send(body, revision);
        expect(answer.status).toBe(400);
        expect(await answer.json()).toMatchObject({ id: null, error: { code: -32_600 } });
      }
    },
  );

  it.each(['2025-03-26', null])(
    'of revision %s, which has batches, is answered',
    async (revision) => {
      const answer = await send([call(1), call(2)], revision);
      expect(answer.status).toBe(200);
      expect((await answer.text()).match(/get_team_overview/g)?.length).toBeGreaterThanOrEqual(2);
      expect((await send([], revision)).status).toBe(400);
    },
  );

  it('with one message beyond the scopes of its sender is refused as a whole', async () => {
    const calls: string[] = [];
    const { handler } = handlerOver(fakeWorkspace({ onCall: (name) => calls.push(name) }), {
      authenticate: () => ({ viewer: mira, scopes: ['mcp', 'report'] }),
      resourceMetadata: 'https://mcp.example.com/metadata',
    });
    const report = { name: 'submit_report', arguments: { did: 'It.' } };
    const messages = [report, listWork].map((params, index) => ({
      ...call(index),
      method: 'tools/call',
      params,
    }));
    const body = JSON.stringify(messages);
    const headers = { accept: '*/*', 'content-type': 'application/json' };
    const answer = await handler(new Request(url, { method: 'POST', headers, body }));
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="read report mcp", resource_metadata="https://mcp.example.com/metadata"',
    );
    expect(await answer.json()).toMatchObject({ id: 1 });
    expect(calls).toEqual([]);
  });
});
