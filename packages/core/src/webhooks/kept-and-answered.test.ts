import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createAdjutant } from '../create-adjutant.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { defineConnector, defineStream } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { matchesHmac } from './matches-hmac.ts';

const secret = 'a secret of the hook';
const bodySchema = z.object({ challenge: z.string().optional(), room: z.string().optional() });

/** A source that asks whether anybody is there, and whose deliveries carry what nobody wants kept. */
const connector = defineConnector<Record<string, never>>({
  id: 'desk',
  title: 'Desk',
  experimental: false,
  configSchema: z.object({}),
  hosts: () => [],
  check: async () => ({ identity: null, items: [] }),
  async *discover() {
    yield { externalId: 'north', name: 'North', detail: {} };
  },
  webhooks: {
    largestBodyBytes: 1_024,
    keptHeaders: [],
    async verify({ header, body }) {
      const signature = header('x-signature') ?? '';
      if (!matchesHmac('sha256', secret, [body], signature)) {
        return { isGenuine: false, reason: 'wrong_signature' };
      }
      const { challenge } = bodySchema.parse(JSON.parse(new TextDecoder().decode(body)));
      if (challenge !== undefined) {
        return { isGenuine: true, answer: { body: challenge, contentType: 'text/plain' } };
      }
      return { isGenuine: true, deliveryId: header('x-delivery') ?? '', event: 'said', signature };
    },
    hints: () => [{ scopeExternalId: 'north', stream: 'notes' }],
    kept: (_event, payload) => ({ room: bodySchema.parse(payload).room }),
  },
  streams: [
    defineStream<Record<string, never>, unknown>({
      id: 'notes',
      title: 'Notes',
      payloadSchema: z.unknown(),
      async *read() {
        yield { records: [], tombstones: [], state: {}, complete: true, gaps: [] };
      },
      map: () => ({}),
    }),
  ],
});

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-webhooks-'));
  const store = join(folder, 'store.db');
  const clock = createFakeClock(Date.UTC(2026, 8, 14, 12));
  const adjutant = await createAdjutant({ store, connectors: [connector({})], clock });
  onTestFinished(async () => {
    await adjutant.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await adjutant.sync();
  const deliver = async (payload: object, by = secret) => {
    const body = new TextEncoder().encode(JSON.stringify(payload));
    const signature = createHmac('sha256', by).update(body).digest('hex');
    const headers = { 'x-signature': signature, 'x-delivery': 'd-1' };
    return await adjutant.webhooks().receive('desk', { headers, body });
  };
  const kept = async (): Promise<unknown[]> => {
    const opened = await openStore(store);
    const rows = await queryTuples(opened.read, sql`select payload from events_raw`);
    await opened.close();
    return rows.flat();
  };
  return { deliver, kept };
}

test('a source that asks whether anybody is there is answered, and nothing is kept of it', async () => {
  const { deliver, kept } = await start();
  expect(await deliver({ challenge: 'are you there?' })).toEqual({
    outcome: 'answered',
    reason: null,
    status: 200,
    event: null,
    hints: 0,
    answer: { body: 'are you there?', contentType: 'text/plain' },
  });
  expect(await kept()).toEqual([]);
});

test('a stranger who asks the same is not answered', async () => {
  const { deliver } = await start();
  const refused = await deliver({ challenge: 'are you there?' }, 'another secret');
  expect(refused).toMatchObject({ outcome: 'refused', status: 401 });
  expect(refused).not.toHaveProperty('answer');
});

test('of a delivery only what its receiver lets through is kept', async () => {
  const { deliver, kept } = await start();
  const said = { room: 'hall', text: 'a word that nobody wants stored' };
  expect(await deliver(said)).toMatchObject({ outcome: 'stored', hints: 1 });
  expect(await kept()).toEqual(['{"room":"hall"}']);
});
