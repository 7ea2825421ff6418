import { type IncomingMessage, request, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInPerson } from './auth/principal.ts';
import { type ServedGateway, serveGateway } from './serve-gateway.ts';
import { openPageWorld, type PageWorld } from './testing/page-world.ts';

const person: SignedInPerson = {
  kind: 'signed_in',
  viewer: { kind: 'person', personId: 'owner:default', role: 'admin' },
  name: 'Owner',
  proof: { kind: 'host_session', method: 'cookie' },
};

let world: PageWorld;
let page: ServedGateway;
const readByHost: string[] = [];
beforeEach(async () => {
  world = await openPageWorld();
  page = await serveGateway(world.adjutant, {
    port: 0,
    clock: world.clock,
    authenticate: async (asked) => {
      // As a host does that checks what was signed.
      readByHost.push(await asked.clone().text());
      return person;
    },
  });
});
afterEach(async () => {
  readByHost.length = 0;
  await page.close();
  await world.close();
});

/** Sends parts one by one, without saying how long they are together. */
async function send(
  method: string,
  path: string,
  parts: readonly string[] = [],
): Promise<{ status: number; body: string }> {
  const headers = { origin: page.origin, 'content-type': 'application/json' };
  const options: RequestOptions = { method, headers };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(`${page.origin}${path}`, options, resolve).on('error', reject);
    for (const part of parts) sent.write(part);
    sent.end();
  });
  return { status: response.statusCode ?? 0, body: await text(response) };
}

test('a body that comes in parts is read whole, by the host as well', async () => {
  const { status } = await send('POST', '/v1/projects', ['{"key":"shop",', '"name":"The shop"}']);
  expect(status).toBe(201);
  expect(readByHost).toEqual(['{"key":"shop","name":"The shop"}']);
});

test('a change without a body needs none', async () => {
  await send('POST', '/v1/projects', ['{"key":"shop","name":"The shop"}']);
  expect(await send('DELETE', '/v1/projects/shop')).toEqual({ status: 204, body: '' });
});

test('a body that never says how long it is may be no longer either', async () => {
  const parts = Array.from({ length: 60 }, () => 'x'.repeat(10_000));
  const { status, body } = await send('POST', '/v1/projects', parts);
  expect([status, body]).toEqual([400, expect.stringContaining('The request is too large.')]);
  expect(readByHost).toEqual([]);
});

test('pages take such a body too', async () => {
  const { status, body } = await send('POST', '/api/session', [
    '{"token":"',
    `${'A'.repeat(43)}"}`,
  ]);
  expect([status, body]).toEqual([401, expect.stringContaining('Authentication')]);
});
