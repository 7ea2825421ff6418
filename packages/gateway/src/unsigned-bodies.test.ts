import { createHmac } from 'node:crypto';
import { createAdjutant, defineConnector, type InteractionDesk, matchesHmac } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createGateway } from './create-gateway.ts';
import { notedAddress } from './sender-address.ts';
import { serveGateway } from './serve-gateway.ts';
import { createSlackHandler } from './slack-handler.ts';

// Whatever is read before its signature can be checked, wherever it is sent: two addresses that send
// slow bodies, as many as their connections let them, keep out nobody at a third.

const origin = 'http://localhost:4747';
const secret = 'the secret of the hook';
const largestBodyBytes = 1_024 * 1_024;
/** What `serveGateway` lets one address open. */
const connectionsOfOne = 512;
const signatureOf = (body: string) => createHmac('sha256', secret).update(body).digest('hex');

const desk = defineConnector<Record<string, never>>({
  id: 'desk',
  title: 'Desk',
  experimental: false,
  configSchema: z.object({}),
  hosts: () => [],
  check: async () => ({ identity: null, items: [] }),
  async *discover() {
    yield { externalId: 'north', name: 'North', detail: {} };
  },
  streams: [],
  webhooks: {
    largestBodyBytes,
    keptHeaders: [],
    async verify({ header, body }) {
      const signature = header('x-signature') ?? '';
      return matchesHmac('sha256', secret, [body], signature)
        ? { isGenuine: true, deliveryId: 'd-1', event: 'note', signature }
        : { isGenuine: false, reason: 'wrong_signature' };
    },
    hints: () => [],
  },
});

const slackDesk: InteractionDesk = {
  largestBodyBytes,
  receive: async (_, { headers, body }) => {
    const isGenuine = matchesHmac('sha256', secret, [body], String(headers['x-signature']));
    return { status: isGenuine ? 200 : 401, body: null, reason: null, work: null };
  },
};

async function open() {
  const adjutant = await createAdjutant({ store: ':memory:', connectors: [desk({})] });
  onTestFinished(() => adjutant.close());
  return adjutant;
}

test.each([
  ['/webhooks/desk', 202],
  ['/slack/interactions', 200],
  ['/slack/commands', 200],
  ['/slack/events', 200],
])('two addresses with slow bodies keep nobody else from %s', async (path, status) => {
  const gateway = createGateway(await open(), {
    origin,
    addressOf: (request) => request.headers.get('x-from'),
    slack: createSlackHandler({ desk: slackDesk }),
  });
  const send = (from: string, body: string | ReadableStream, headers: Record<string, string>) =>
    gateway.fetch(
      new Request(`${origin}${path}`, {
        method: 'POST',
        headers: { 'x-from': from, ...headers },
        body,
        duplex: 'half',
      }),
    );
  const slow: ReadableStreamDefaultController[] = [];
  const flooding = ['192.0.2.1', '192.0.2.2'].flatMap((from) =>
    Array.from({ length: connectionsOfOne }, () => {
      const body = new ReadableStream({ start: (controller) => void slow.push(controller) });
      return send(from, body, { 'content-length': String(largestBodyBytes) });
    }),
  );
  const body = JSON.stringify({ id: 'd-1' });
  const answer = await send('192.0.2.3', body, { 'x-signature': signatureOf(body) });
  expect(answer.status).toBe(status);
  for (const controller of slow) controller.close();
  const refused = (await Promise.all(flooding)).map((one) => one.status);
  expect(new Set(refused)).toEqual(new Set([401, 503]));
});

test('what answers Slack is told by a served gateway from which address it was asked', async () => {
  const page = await serveGateway(await open(), {
    port: 0,
    slack: async (request) => Response.json(notedAddress(request)),
  });
  onTestFinished(() => page.close());
  const { port } = new URL(page.origin);
  const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST' });
  expect(await answer.json()).toBe('127.0.0.1');
});
