// Serves a whole gateway on a free port of loopback until standard input ends, for the protocol's own
// conformance suite. The suite cannot bring a token, so one is put on each request that shows none, as
// the client of a person would; everything else passes as it was sent. Prints the port.
import { createServer } from 'node:http';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import { getRequestListener } from '@hono/node-server';
import { createGateway } from '../../create-gateway.ts';
import type { Gateway } from '../../gateway-options.ts';

const version = '0.0.0-conformance';
const adjutant = await createAdjutant({ store: ':memory:', metrics: allMetrics });
const owner = await adjutant.owner();
const { token } = await adjutant.accessTokens(owner).create({
  name: 'conformance',
  scopes: ['mcp', 'read', 'propose', 'report'],
  agentName: 'conformance',
});

let gateway: Gateway | null = null;

const listener = getRequestListener(
  (request) => gateway?.fetch(request) ?? new Response(null, { status: 503 }),
  { overrideGlobalObjects: false },
);
const server = createServer((request, response) => {
  if (request.headers.authorization === undefined) {
    request.rawHeaders.push('authorization', `Bearer ${token}`);
  }
  void listener(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  gateway = createGateway(adjutant, {
    origin: `http://localhost:${port}`,
    mcp: { version, metrics: allMetrics },
    version,
  });
  // oxlint-disable-next-line no-console -- a program of its own, read by scripts/conformance.ts
  console.log(JSON.stringify({ port }));
});

process.stdin.resume().once('end', () => {
  server.close();
  server.closeAllConnections();
  void gateway?.close();
  void adjutant.close();
});
