import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterEach, expect, it } from 'vitest';
import { fakeMetricSet } from '../testing/fake-metrics.ts';
import { fakeWorkspace } from '../testing/fake-workspace.ts';
import { createAdjutantHttpHandler } from './create-adjutant-http-handler.ts';

const method = 'tools/call';
const params = { name: 'get_team_overview', arguments: {} };
const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const eras = [
  ['2025-11-25', {}, {}],
  ['2026-07-28', { 'mcp-method': method, 'mcp-name': params.name }, { _meta: envelope }],
] as const;

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Serves a workspace whose first answer waits, and notes what is asked of it. */
async function serve() {
  const calls: string[] = [];
  const gate = new EventTarget();
  const workspace = fakeWorkspace({ onCall: (name) => calls.push(name) });
  const slow = {
    ...workspace,
    async teams() {
      calls.push('teams');
      gate.dispatchEvent(new Event('asked'));
      await once(gate, 'go');
      return workspace.teams();
    },
  };
  const handler = createAdjutantHttpHandler(() => ({ as: () => slow }), {
    version: '0.0.0',
    metrics: fakeMetricSet,
    authenticate: () => ({ kind: 'person', personId: 'mira', role: 'lead' }),
  });
  const listener = getRequestListener(handler, { overrideGlobalObjects: false });
  server = createServer((request, response) => {
    response.once('close', () => gate.dispatchEvent(new Event('gone')));
    void listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { calls, gate, url: `http://127.0.0.1:${port}/mcp` };
}

it.each(eras)(
  'a caller of revision %s who hangs up ends the work',
  async (revision, headers, meta) => {
    const { calls, gate, url } = await serve();
    const caller = new AbortController();
    const answer = fetch(url, {
      method: 'POST',
      signal: caller.signal,
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'mcp-protocol-version': revision,
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, ...meta } }),
    }).then((response) => response.text());
    const refused = expect(answer).rejects.toThrow(/abort/);
    await once(gate, 'asked');
    caller.abort();
    await once(gate, 'gone');
    gate.dispatchEvent(new Event('go'));
    await refused;
    // Whatever would still be asked is asked before another request is answered.
    expect((await fetch(url)).status).toBe(405);
    expect(calls).toEqual(['teams']);
  },
);
