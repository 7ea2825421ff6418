import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { createAdjutant, defineConnector, matchesHmac } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type ServedGateway, serveGateway, type ServeGatewayOptions } from './serve-gateway.ts';

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
    largestBodyBytes: 25 * 1_024 * 1_024,
    keptHeaders: [],
    async verify({ header, body }) {
      const signature = header('x-signature') ?? '';
      return matchesHmac('sha256', secret, [body], signature)
        ? { isGenuine: true, deliveryId: header('x-delivery') ?? '', event: 'note', signature }
        : { isGenuine: false, reason: 'wrong_signature' };
    },
    hints: () => [],
  },
});

async function serve(options: ServeGatewayOptions = {}) {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [desk({})],
  });
  const page = await serveGateway(adjutant, { ...options, port: 0 });
  onTestFinished(async () => {
    await page.close();
    await adjutant.close();
  });
  return { adjutant, page };
}

interface Sent {
  from?: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
}

function send(page: ServedGateway, { from, path, body, headers = {} }: Sent): Promise<number> {
  const { port } = new URL(page.origin);
  const host = { host: `localhost:${port}`, origin: page.origin };
  const method = body === undefined ? 'GET' : 'POST';
  const type = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, path, method, agent: new Agent() },
        ...(from === undefined ? {} : { localAddress: from }),
        headers: { ...host, ...type, ...headers },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.on('error', reject).end(body);
  });
}

function signed(id: string, from: string): Sent {
  const body = JSON.stringify({ id });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = { 'x-signature': signature, 'x-delivery': id };
  return { from, path: '/webhooks/desk', body, headers };
}

const wrong = JSON.stringify({ token: 'A'.repeat(43) });

test('whoever tries from one address keeps nobody at another from signing in', async () => {
  const { adjutant, page } = await serve();
  const from = '127.0.0.1';
  for (let count = 0; count < 70; count += 1) {
    const headers = { authorization: `Bearer adj_${'A'.repeat(43)}` };
    await send(page, { from, path: '/v1/projects', headers });
    await send(page, { from, path: '/api/session', body: wrong });
    await send(page, { from, path: '/api/sign-in/challenge', body: '{}' });
  }
  const challenge = { path: '/api/sign-in/challenge', body: '{}' };
  expect(await send(page, { from, ...challenge })).toBe(429);
  expect(await send(page, { from: '127.0.0.2', ...challenge })).toBe(200);
  const { token } = await adjutant.approvers().createLoginLink(await adjutant.owner());
  const right = JSON.stringify({ token });
  expect(await send(page, { from: '127.0.0.2', path: '/api/session', body: right })).toBe(200);
});

test('behind a proxy that is named, those whom it names are counted apart; else nobody is believed', async () => {
  const challenge = { path: '/api/sign-in/challenge', body: '{}' };
  const limits = { signInsPerMinute: 1 };
  const of = (address: string) => ({ ...challenge, headers: { 'x-forwarded-for': address } });
  const behind = await serve({ limits, proxy: { trusted: ['127.0.0.1'] } });
  expect(await send(behind.page, of('192.0.2.1'))).toBe(200);
  expect(await send(behind.page, of('192.0.2.1'))).toBe(429);
  expect(await send(behind.page, of('192.0.2.2'))).toBe(200);
  const { page } = await serve({ limits });
  expect(await send(page, of('192.0.2.1'))).toBe(200);
  expect(await send(page, of('192.0.2.2'))).toBe(429);
});

test('the address is known also of a request whose body comes in parts', async () => {
  const { page } = await serve({ limits: { signInsPerMinute: 1 } });
  const challenge = {
    path: '/api/sign-in/challenge',
    body: '{}',
    headers: { 'transfer-encoding': 'chunked' },
  };
  expect(await send(page, { from: '127.0.0.1', ...challenge })).toBe(200);
  expect(await send(page, { from: '127.0.0.1', ...challenge })).toBe(429);
  expect(await send(page, { from: '127.0.0.2', ...challenge })).toBe(200);
});

test('unsigned bodies that do not come keep no webhook out', async () => {
  const { page } = await serve();
  const { port } = new URL(page.origin);
  const sockets = Array.from({ length: 50 }, () => connect(Number(port), '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const head = `POST /webhooks/desk HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 1000000\r\n\r\n{`;
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.write(head, resolve))));
  expect(await send(page, signed('d-1', '127.0.0.2'))).toBe(202);
  expect(await send(page, signed('d-2', '127.0.0.1'))).toBe(202);
});
