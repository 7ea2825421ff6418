// An HTTP server of a host, with Adjutant's MCP endpoint mounted in it. The host knows its callers by
// a secret token, and each token opens one workspace.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createAdjutant } from '@adjutant/core';
import { createAdjutantHttpHandler } from '@adjutant/mcp-server/http';
import { allMetrics } from '@adjutant/metrics';
import { getRequestListener } from '@hono/node-server';

const { MCP_TOKENS: tokens = '', MCP_STORE: store = 'adjutant.db', PORT: port = '0' } = process.env;

// `token=workspace,token=workspace`. Compared by digest, so that time tells nothing about a token.
const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
const workspaces = new Map(
  tokens.split(',').map((pair) => {
    // The last sign divides: a token may be padded with some of its own.
    const at = pair.lastIndexOf('=');
    return [digest(pair.slice(0, Math.max(0, at))), pair.slice(at + 1)];
  }),
);
workspaces.delete(digest(''));

function workspaceOf(request: Request): string | undefined {
  const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  return token === undefined ? undefined : workspaces.get(digest(token));
}

const adjutant = await createAdjutant({ store, metrics: allMetrics });
const mcp = createAdjutantHttpHandler((request) => adjutant.workspace(workspaceOf(request)), {
  version: '1.0.0',
  metrics: allMetrics,
  async authenticate(request) {
    const workspace = workspaceOf(request);
    return workspace === undefined ? null : adjutant.owner(workspace);
  },
});

const listener = getRequestListener(
  (request) =>
    new URL(request.url).pathname === '/mcp'
      ? mcp(request)
      : new Response('Not found\n', { status: 404 }),
  { overrideGlobalObjects: false },
);
const server = createServer((request, response) => void listener(request, response));
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  const listening = typeof address === 'object' ? address?.port : port;
  console.log(`MCP at http://127.0.0.1:${listening}/mcp`);
});

process.once('SIGTERM', () => {
  server.close(() => void adjutant.close());
  server.closeIdleConnections();
});
