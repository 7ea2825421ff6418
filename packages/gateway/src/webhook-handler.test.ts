import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AdjutantError, createAdjutant, defineConnector, matchesHmac } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { serve } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createWebhookHandler, type WebhookHandlerOptions } from './webhook-handler.ts';

const secret = 'the secret of the hook';
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
    largestBodyBytes: 1_024 * 1_024,
    keptHeaders: [],
    async verify({ header, body }) {
      const signature = header('x-signature') ?? '';
      if (header('x-delivery') === 'unusable') {
        return { isGenuine: false, reason: 'malformed', problem: 'note: is too short' };
      }
      const isSigned = matchesHmac('sha256', secret, [body], signature);
      if (isSigned && header('x-delivery') === 'ping') {
        return { isGenuine: true, answer: { body: 'here', contentType: 'text/plain' } };
      }
      return isSigned
        ? { isGenuine: true, deliveryId: header('x-delivery') ?? '', event: 'note', signature }
        : { isGenuine: false, reason: 'wrong_signature' };
    },
    hints: () => [{ scopeExternalId: 'north', stream: 'notes' }],
  },
});

async function open(options: Partial<WebhookHandlerOptions> = {}) {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [desk({})],
    clock: createFakeClock(Date.UTC(2026, 8, 14)),
  });
  await adjutant.sync();
  const handler = createWebhookHandler({ webhooks: adjutant.webhooks(), ...options });
  onTestFinished(() => adjutant.close());
  return { adjutant, handler };
}

async function start(options: Partial<WebhookHandlerOptions> = {}): Promise<string> {
  const { handler } = await open(options);
  const server = serve({ fetch: handler, hostname: '127.0.0.1', port: 0 });
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(async () => {
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function signed(body: string, delivery = 'd-1'): RequestInit {
  return {
    method: 'POST',
    body,
    headers: {
      'x-signature': createHmac('sha256', secret).update(body).digest('hex'),
      'x-delivery': delivery,
    },
  };
}

test('a signed delivery is kept, answered at once and told of; the same again is a duplicate', async () => {
  const hinted: string[] = [];
  const url = await start({ onHint: (source) => hinted.push(source) });
  const first = await fetch(`${url}/webhooks/desk`, signed('{"note":"naïve — 日本語"}'));
  expect([first.status, await first.json()]).toEqual([202, { outcome: 'stored' }]);
  const again = await fetch(`${url}/webhooks/desk`, signed('{"note":"naïve — 日本語"}'));
  expect([again.status, await again.json()]).toEqual([200, { outcome: 'duplicate' }]);
  expect(hinted).toEqual(['desk']);
});

test('what is not genuine is refused in words that say what to do', async () => {
  const url = await start();
  const forged = { ...signed('{}'), body: '{"forged":true}' };
  const refused = await fetch(`${url}/webhooks/desk`, forged);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({
    reason: 'wrong_signature',
    hint: expect.stringContaining('secret'),
  });
  const form = await fetch(`${url}/webhooks/desk`, signed('payload=%7B%7D'));
  expect(form.status).toBe(400);
  expect(await form.json()).toMatchObject({ hint: expect.stringContaining('application/json') });
  const unusable = await fetch(`${url}/webhooks/desk`, signed('{}', 'unusable'));
  expect(unusable.status).toBe(400);
  expect(await unusable.json()).toMatchObject({ reason: 'malformed', hint: 'note: is too short' });
});

test.each([
  ['/webhooks/elsewhere', 'POST', 404],
  ['/webhooks/desk/more', 'POST', 404],
  ['/webhooks/../desk', 'POST', 404],
  ['/', 'POST', 404],
  ['/webhooks/desk', 'GET', 405],
])('%s by %s is answered with %d', async (path, method, status) => {
  const url = await start();
  expect((await fetch(`${url}${path}`, { method })).status).toBe(status);
});

test('a body longer than any source sends is refused before it is all here', async () => {
  const url = await start();
  const status = await new Promise<number>((resolve, reject) => {
    const sending = httpRequest(`${url}/webhooks/desk`, { method: 'POST' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      sending.destroy();
    });
    sending.on('error', reject);
    const part = Buffer.alloc(1_024 * 1_024, 'a');
    let sent = 0;
    const send = (): void => {
      while (!sending.destroyed && sent < 60) {
        sent += 1;
        if (!sending.write(part)) return void sending.once('drain', send);
      }
    };
    send();
  });
  expect(status).toBe(413);
});

test('where it cannot be kept, the sender is to try again', async () => {
  const logged: unknown[] = [];
  const webhooks: WebhookHandlerOptions['webhooks'] = {
    follow: () => Promise.resolve(),
    largestBodyBytes: () => 1_024,
    receive: () => Promise.reject(new AdjutantError('StoreBusy', 'Busy with secret things.')),
  };
  const logger = { log: (...line: unknown[]) => void logged.push(line) };
  const url = await start({ webhooks, logger });
  const response = await fetch(`${url}/webhooks/desk`, signed('{}'));
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('30');
  expect(await response.text()).not.toContain('secret');
  expect(JSON.stringify(logged)).toContain('StoreBusy');
});

test('a delivery that is kept is answered so, whatever becomes of the word of it', async () => {
  const url = await start({
    onHint() {
      throw new Error('nobody listens');
    },
  });
  expect((await fetch(`${url}/webhooks/desk`, signed('{}'))).status).toBe(202);
});

test('a sender that hangs up in the middle harms nobody', async () => {
  const handler = createWebhookHandler({
    webhooks: {
      receive: () => Promise.reject(new Error('not reached')),
      follow: () => Promise.resolve(),
      largestBodyBytes: () => 1_024,
    },
  });
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new Error('hung up'));
    },
  });
  const request = new Request('http://127.0.0.1/webhooks/desk', {
    method: 'POST',
    body,
    duplex: 'half',
  });
  expect((await handler(request)).status).toBe(503);
});

test('a source that asks to hear something back hears exactly that', async () => {
  const hinted: string[] = [];
  const url = await start({ onHint: (source) => hinted.push(source) });
  const answer = await fetch(`${url}/webhooks/desk`, signed('{}', 'ping'));
  expect([answer.status, await answer.text()]).toEqual([200, 'here']);
  expect(answer.headers.get('content-type')).toBe('text/plain');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(hinted).toEqual([]);
});

test('a burst beyond what can be taken is asked to come again, and what was acknowledged is there', async () => {
  const { adjutant, handler } = await open({ mostAtOnce: 5 });
  const send = (count: number) =>
    handler(new Request('http://localhost/webhooks/desk', signed(`{"n":${count}}`, `d-${count}`)));
  const answers = await Promise.all(Array.from({ length: 20 }, (_, count) => send(count)));
  const taken = answers.filter(({ status }) => status === 202);
  const asked = answers.filter(({ status }) => status === 503);
  expect([taken.length, asked.length]).toEqual([5, 15]);
  expect(asked.every(({ headers }) => headers.get('retry-after') === '30')).toBe(true);
  const rest = [];
  for (let count = 5; count < 20; count += 1) rest.push((await send(count)).status);
  expect(rest.every((status) => status === 202)).toBe(true);
  const kept = [];
  for await (const line of adjutant.exportWorkspace()) {
    if (line.includes('"d-')) kept.push(line);
  }
  expect(kept).toHaveLength(20);
});

test('kept deliveries are looked at again when a lead asks for it, and for nobody else', async () => {
  const { adjutant, handler } = await open({ onHint: () => undefined });
  await handler(new Request('http://localhost/webhooks/desk', signed('{}')));
  const inbox = adjutant.webhooks();
  const owner = await adjutant.owner();
  expect(await inbox.replay(owner)).toEqual({ deliveries: 1, hints: 1 });
  expect(await inbox.replay(owner, { source: 'elsewhere' })).toEqual({ deliveries: 0, hints: 0 });
  expect(await inbox.replay(owner, { until: 0 })).toEqual({ deliveries: 0, hints: 0 });
  const agent = { kind: 'agent', name: 'assistant', sponsorPersonId: 'p-1' } as const;
  await expect(inbox.replay(agent)).rejects.toMatchObject({ code: 'Permission' });
});
