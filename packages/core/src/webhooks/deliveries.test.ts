import { sql } from 'drizzle-orm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { defineConnector, defineStream, type StoredDelivery } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { deliveriesAfter } from './deliveries.ts';
import { matchesAnyHmac } from './matches-hmac.ts';

const start = Date.UTC(2026, 8, 14, 12);
const dayMs = 86_400_000;

/** What the last passes were given, and after which delivery each asked. */
let given: StoredDelivery[] = [];
let askedAfter: number[] = [];
let isBroken = false;

/** A source that can be asked nothing: whatever is delivered is a note, known by its delivery. */
const letterbox = (id: string, readsThem: boolean) =>
  defineConnector<Record<string, never>>({
    id,
    title: id,
    experimental: false,
    configSchema: z.object({}),
    hosts: () => [],
    check: async () => ({ identity: null, items: [] }),
    async *discover() {
      yield { externalId: 'all', name: 'all', detail: {} };
    },
    webhooks: {
      largestBodyBytes: 1_024,
      keptHeaders: ['x-delivery'],
      ...(readsThem ? { deliveriesAreRead: true } : {}),
      verify: async ({ header }) => ({
        isGenuine: true,
        deliveryId: header('x-delivery') ?? '',
        event: 'note',
        signature: 'signed',
      }),
      hints: () => [{ scopeExternalId: null, stream: 'notes' }],
    },
    streams: [
      defineStream<Record<string, never>, unknown>({
        id: 'notes',
        title: 'Notes',
        payloadSchema: z.unknown(),
        async *read(_context, request) {
          const { after } = z
            .object({ after: z.number() })
            .catch({ after: 0 })
            .parse(request.state);
          askedAfter.push(after);
          let last = after;
          for await (const delivery of request.deliveries?.(after) ?? []) {
            given.push(delivery);
            last = delivery.number;
            const records = [{ externalId: delivery.deliveryId, payload: delivery.payload }];
            const batch = { records, tombstones: [], state: { after: last }, gaps: [] };
            yield { ...batch, complete: false };
            if (isBroken) throw new Error('away');
          }
          yield { records: [], tombstones: [], state: { after: last }, complete: true, gaps: [] };
        },
        map: () => ({}),
      }),
    ],
  })({});

let folder: string;
let clock: ReturnType<typeof createFakeClock>;
let adjutant: Adjutant;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-deliveries-'));
  clock = createFakeClock(start);
  adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [letterbox('letters', true), letterbox('parcels', true), letterbox('hints', false)],
    clock,
  });
  given = [];
  askedAfter = [];
  isBroken = false;
});
afterEach(async () => {
  await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

const deliver = (source: string, id: string) =>
  adjutant.webhooks().receive(source, {
    headers: { 'x-delivery': id, cookie: 'own' },
    body: new TextEncoder().encode(JSON.stringify({ id })),
  });
async function query<Row extends (string | number | null)[]>(
  statement: ReturnType<typeof sql>,
): Promise<Row[]> {
  const store = await openStore(join(folder, 'store.db'));
  try {
    return await queryTuples<Row>(store.read, statement);
  } finally {
    await store.close();
  }
}
const numbers = () =>
  query<[string, string, number | null]>(
    sql`select source, external_id, delivery_number from raw_records
      where scope_external_id = '@deliveries' order by source, delivery_number, external_id`,
  );

test('deliveries that are read are numbered as they were kept, for each source by itself', async () => {
  await Promise.all(['z', 'a', 'm'].map((id) => deliver('letters', id)));
  await deliver('parcels', 'z');
  await deliver('hints', 'z');
  await deliver('letters', 'a');
  await deliver('letters', 'b');
  expect(await numbers()).toEqual([
    ['hints', 'z', null],
    ['letters', 'z', 1],
    ['letters', 'a', 2],
    ['letters', 'm', 3],
    ['letters', 'b', 4],
    ['parcels', 'z', 1],
  ]);
});

test('each is given once, in its order and with what was kept of it', async () => {
  // A clock that goes back makes no difference.
  for (const id of ['z', 'a', 'm']) {
    await deliver('letters', id);
    clock.advance(-dayMs);
  }
  await adjutant.sync({ hinted: true });
  expect(given).toEqual(
    ['z', 'a', 'm'].map((deliveryId, place) => ({
      number: place + 1,
      deliveryId,
      event: 'note',
      headers: { 'x-delivery': deliveryId },
      payload: { id: deliveryId },
    })),
  );
  given = [];
  await adjutant.sync();
  expect(given).toEqual([]);
  await deliver('letters', 'b');
  await adjutant.sync();
  expect(given.map(({ deliveryId }) => deliveryId)).toEqual(['b']);
});

test('many are read page by page, none left out', async () => {
  const ids = Array.from({ length: 450 }, (_, number) => `d-${number}`);
  await Promise.all(ids.map((id) => deliver('letters', id)));
  await adjutant.sync();
  expect(given.map(({ number }) => number)).toEqual(ids.map((_, place) => place + 1));
});

test('a page is found by its index and not sorted', async () => {
  const plan = await query<[number, number, number, string]>(
    sql`explain query plan ${deliveriesAfter({ workspaceId: 'default', source: 'letters' }, 5)}`,
  );
  expect(plan.map(([, , , step]) => step)).toEqual([
    expect.stringContaining('USING INDEX raw_records_delivered'),
  ]);
});

test('a pass that breaks goes on where it was, and what is unread is not forgotten', async () => {
  for (const id of ['a', 'b', 'c']) await deliver('letters', id);
  isBroken = true;
  const { streams } = await adjutant.sync({ hinted: true });
  expect(streams).toMatchObject([{ outcome: 'failed' }]);
  clock.advance(60 * dayMs);
  await deliver('hints', 'a');
  clock.advance(60 * dayMs);
  await adjutant.sync();
  expect(
    (await numbers()).map(([source]) => source),
    'hints go after thirty days',
  ).toEqual(['letters', 'letters', 'letters']);
  isBroken = false;
  given = [];
  await adjutant.sync();
  expect(given.map(({ deliveryId }) => deliveryId).at(-1)).toBe('c');
  expect(askedAfter.at(-3)).toBeGreaterThan(0);
  expect(
    (await numbers()).map(([, id]) => id),
    'the last, for its number',
  ).toEqual(['c']);
  await deliver('letters', 'd');
  expect((await numbers()).map(([, , number]) => number)).toEqual([3, 4]);
});

test('where the rows were taken away by hand, reading begins anew', async () => {
  for (const id of ['a', 'b', 'c']) await deliver('letters', id);
  await adjutant.sync();
  await adjutant.close();
  const store = await openStore(join(folder, 'store.db'));
  await store.transaction((transaction) =>
    queryTuples(transaction, sql`delete from raw_records where scope_external_id = '@deliveries'`),
  );
  await store.close();
  adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [letterbox('letters', true)],
    clock,
  });
  given = [];
  await deliver('letters', 'd');
  await adjutant.sync();
  expect(given.map(({ deliveryId, number }) => [deliveryId, number])).toEqual([['d', 1]]);
});

test('one of several signatures is enough, and of none there is none', () => {
  const key = Buffer.alloc(32, 1);
  const right = Buffer.from(
    // echo -n ab | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…
    'cee6d4107c6c2106227c8d9395f43d981e4b2773395cfc275f59ee896aef05f7',
    'hex',
  );
  const wrong = Buffer.alloc(32);
  expect(matchesAnyHmac(key, ['a', 'b'], [wrong, right])).toBe(true);
  expect(matchesAnyHmac(key, ['a', Buffer.from('b')], [right, wrong])).toBe(true);
  expect(matchesAnyHmac(key, ['a', 'c'], [right])).toBe(false);
  expect(matchesAnyHmac(key, ['a', 'b'], [right.subarray(1), Buffer.concat([right, wrong])])).toBe(
    false,
  );
  expect(matchesAnyHmac(key, ['a', 'b'], [])).toBe(false);
});
