// A server of a host that answers Slack: what people press and write arrives at /slack/…, what happens
// in the channels at /webhooks/slack. It is no page and no API; nobody signs in here.
import { createServer } from 'node:http';
import { createSlackDesk, slack } from '@adjutant/connectors/slack';
import { createAdjutant } from '@adjutant/core';
import { createSlackHandler, createWebhookHandler } from '@adjutant/gateway';
import { buildBrief, renderBriefSlack } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { getRequestListener } from '@hono/node-server';

/** Returns a variable without which nothing could be believed or said. */
function required(name: string): string {
  const value = process.env[name] ?? '';
  if (value === '') {
    console.error(`${name} is not set.`);
    process.exit(1);
  }
  return value;
}

const { BOT_STORE: store = 'adjutant.db', BOT_POLICY: file, PORT: port = '0' } = process.env;
const { SLACK_API_URL: baseUrl, PAGE_URL: pageUrl = 'http://localhost:4747' } = process.env;
const connector = slack({
  channels: required('SLACK_CHANNELS').split(','),
  token: required('SLACK_TOKEN'),
  writeToken: required('SLACK_WRITE_TOKEN'),
  // Two apps, two secrets: what the reading one signs must not press a button of the writing one.
  signingSecret: required('SLACK_EVENTS_SECRET'),
  approvals: {
    channel: required('SLACK_APPROVALS_CHANNEL'),
    signingSecret: required('SLACK_SIGNING_SECRET'),
    pageUrl,
  },
  ...(baseUrl === undefined ? {} : { baseUrl }),
});

const adjutant = await createAdjutant({
  store,
  connectors: [connector],
  metrics: allMetrics,
  ...(file === undefined ? {} : { policy: { file } }),
});
await adjutant.sync();

// Slack is answered within its three seconds; what it asked for is done after, and waited for at the end.
const running = new Set<Promise<void>>();
const answerSlack = createSlackHandler({
  desk: createSlackDesk({
    adjutant,
    connector,
    brief: async (team, kind) => renderBriefSlack(await buildBrief(team, { kind })),
  }),
  run(work) {
    const done = work().finally(() => running.delete(done));
    running.add(done);
  },
});
const receiveWebhook = createWebhookHandler({ webhooks: adjutant.webhooks() });

const listener = getRequestListener(
  (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/slack/')) return answerSlack(request);
    if (pathname.startsWith('/webhooks/')) return receiveWebhook(request);
    return new Response('Not found\n', { status: 404 });
  },
  { overrideGlobalObjects: false },
);
const server = createServer((request, response) => void listener(request, response));
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  console.log(`Slack at http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`);
});

// Prepares what is proposed, shows its card, and carries out what was approved.
const ended = new AbortController();
const working = adjutant.workActions({ signal: ended.signal });

process.once('SIGTERM', () => {
  server.close(() => {
    ended.abort();
    void Promise.allSettled([...running, working]).then(() => adjutant.close());
  });
  server.closeIdleConnections();
});
