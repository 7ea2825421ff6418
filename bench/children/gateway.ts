// A gateway over a store, with one project to read, somebody signed in, and the webhooks of a forge.
import { createAdjutant } from '@adjutant/core';
import { github } from '@adjutant/connectors/github';
import { allMetrics } from '@adjutant/metrics';
import { serveGateway } from '@adjutant/gateway';

const [path = '', secret = ''] = process.argv.slice(2);
const adjutant = await createAdjutant({
  store: path,
  connectors: [github({ repositories: ['acme/widgets'], webhookSecret: secret })],
  // What webhooks hint at is not read: nothing but this machine is talked to.
  fetch: () => Promise.reject(new TypeError('There is no network here.')),
});
const owner = await adjutant.owner();
const handle = adjutant.workspace().as(owner);
const known = await handle.projects.list();
if (known.length === 0) await handle.projects.create({ key: 'shop', name: 'The shop' });
const gateway = await serveGateway(adjutant, {
  port: 0,
  ownsProcess: true,
  // One person asks for everything here, as nobody does.
  limits: { readsPerMinute: 10_000_000 },
  mcp: { version: '0', metrics: allMetrics },
});
const { token } = await adjutant.approvers().createLoginLink(owner);
const { cookie } = await adjutant.approvers().openSession(token);
const memory = setInterval(() => process.send?.({ rssBytes: process.memoryUsage().rss }), 5_000);
process.send?.({ port: Number(new URL(gateway.origin).port), cookie });
process.once('message', () => {
  clearInterval(memory);
  void gateway
    .close({ drainMs: 5_000 })
    .then(() => adjutant.close())
    .then(() => process.disconnect());
});
