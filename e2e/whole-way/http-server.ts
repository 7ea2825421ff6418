// MCP over HTTP on loopback, as a host mounts it: it may propose, and holds no credential.
// Usage: http-server.ts <store> <address of GitHub>
import { createServer } from 'node:http';
import { github } from '@adjutant/connectors/github';
import { createAdjutant } from '@adjutant/core';
import { createAdjutantHttpHandler } from '@adjutant/mcp-server/http';
import { allMetrics } from '@adjutant/metrics';
import { getRequestListener } from '@hono/node-server';

const [store = '', baseUrl = ''] = process.argv.slice(2);
const { definition, config } = github({ organization: 'acme', baseUrl });
const adjutant = await createAdjutant({
  store,
  metrics: allMetrics,
  actions: definition.actions?.(config) ?? [],
});
const handler = createAdjutantHttpHandler(adjutant, {
  version: '0.0.0',
  metrics: allMetrics,
  authenticate: () => adjutant.owner(),
});
const listener = getRequestListener((request) => handler(request), {
  overrideGlobalObjects: false,
});
const server = createServer((request, response) => void listener(request, response));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  process.stdout.write(`MCP at http://127.0.0.1:${port}/mcp\n`);
});
