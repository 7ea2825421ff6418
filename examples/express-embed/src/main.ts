// A host's Express app that signs its people in itself, with Adjutant's pages and API beside its own
// pages. Adjutant has an origin of its own: here another port, elsewhere another host name.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createAdjutant } from '@adjutant/core';
import { createGateway } from '@adjutant/gateway';
import { allMetrics } from '@adjutant/metrics';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { createHost } from './host.ts';

const { HOST_PEOPLE: people = '', HOST_STORE: store = 'adjutant.db' } = process.env;
const { PORT: port = '0', ADJUTANT_PORT: adjutantPort = '0' } = process.env;

// Both ports are taken before anything answers at them: an origin is known only with its port.
const servers = [createServer(), createServer()] as const;
const hostUrl = await listen(servers[0], port);
const adjutantUrl = await listen(servers[1], adjutantPort);

const host = createHost(people, adjutantUrl);
const adjutant = await createAdjutant({ store, metrics: allMetrics });
const gateway = createGateway(adjutant, {
  origin: adjutantUrl,
  async authenticate(request) {
    const user = host.userOf(request.headers.get('cookie'));
    if (user === null) return null;
    // The role is looked up each time: whoever loses it at Adjutant has lost it here.
    const viewer = await adjutant.approvers().viewerOfPerson(user.personId);
    if (viewer === null) return null;
    const proof = { kind: 'host_session', method: 'password' } as const;
    return { kind: 'signed_in', viewer, name: user.name, proof };
  },
});

const app = express().disable('x-powered-by');
const answerGateway = getRequestListener((request) => gateway.fetch(request), {
  overrideGlobalObjects: false,
});
// Before anything that reads bodies: signatures are over the very bytes that were sent.
app.use((request, response, next) => {
  if (request.headers.host === new URL(adjutantUrl).host) void answerGateway(request, response);
  else next();
});
app.use(host.router);
for (const server of servers) server.on('request', app);
console.log(`Host at ${hostUrl}, Adjutant at ${adjutantUrl}`);

async function listen(server: Server, wanted: string): Promise<string> {
  server.listen(Number(wanted), '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://localhost:${typeof address === 'object' ? address?.port : wanted}`;
}

process.once('SIGTERM', () => {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  // What pages hold open to hear of changes ends first.
  void gateway
    .close()
    .then(() => Promise.all(closed))
    .then(() => adjutant.close());
  for (const server of servers) server.closeIdleConnections();
});
