// Serves two MCP endpoints on a free port of loopback until standard input ends: `/mcp` is the
// server with its real tools over a store in memory, `/suite` the same with what the protocol's
// conformance suite asks for beside them. Prints the port.
import { createServer } from 'node:http';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import { getRequestListener } from '@hono/node-server';
import { createAdjutantHttpHandler } from '../../http/create-adjutant-http-handler.ts';
import { guardedHandler } from '../../http/guarded-handler.ts';
import { createMcpServer } from '../../server.ts';
import { tools } from '../../tools/index.ts';
import { suiteExtension } from './suite-extension.ts';

const version = '0.0.0-conformance';
const adjutant = await createAdjutant({ store: ':memory:', metrics: allMetrics });
const owner = await adjutant.owner();
const guard = { authenticate: () => owner };

const real = createAdjutantHttpHandler(adjutant, { ...guard, version, metrics: allMetrics });
const suite = guardedHandler(guard, {
  tools,
  createServer: (_request, viewer, scopes) => {
    const open = async () => adjutant.workspace().as(viewer);
    return createMcpServer({ open, version, metrics: allMetrics, scopes }, suiteExtension);
  },
});

const listener = getRequestListener(
  (request) => (new URL(request.url).pathname === '/suite' ? suite(request) : real(request)),
  { overrideGlobalObjects: false },
);
const server = createServer((request, response) => void listener(request, response));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  // oxlint-disable-next-line no-console -- a program of its own, read by scripts/conformance.ts
  console.log(JSON.stringify({ port: typeof address === 'object' ? address?.port : null }));
});

process.stdin.resume().once('end', () => {
  server.close();
  server.closeAllConnections();
  void adjutant.close();
});
