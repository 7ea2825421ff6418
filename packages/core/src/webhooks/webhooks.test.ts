import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { defineConnector, defineStream } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchesHmac } from './matches-hmac.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

const secret = 'a secret of the hook';
const start = Date.UTC(2026, 8, 14, 12);
const dayMs = 86_400_000;

const receiver: WebhookReceiver<Record<string, never>> = {
  largestBodyBytes: 1_024,
  keptHeaders: ['x-event', 'x-delivery'],
  async verify({ header, body }) {
    const signature = header('x-signature');
    if (signature === null) return { isGenuine: false, reason: 'unsigned' };
    if (!matchesHmac('sha256', secret, [body], signature)) {
      return { isGenuine: false, reason: 'wrong_signature' };
    }
    const [deliveryId, event] = [header('x-delivery') ?? '', header('x-event') ?? ''];
    return { isGenuine: true, deliveryId, event, signature };
  },
  hints: (event) => [{ scopeExternalId: event === 'everywhere' ? null : event, stream: 'notes' }],
};

/** Every stream that was read, as scope and stream. */
let read: string[] = [];
/** Called once by the next stream that is read. */
let whileReading: (() => Promise<unknown>) | null = null;
/** What can never be read. */
let broken: string | null = null;
let isDiscoveryCutShort = false;
const connector = defineConnector<Record<string, never>>({
  id: 'desk',
  title: 'Desk',
  experimental: false,
  configSchema: z.object({}),
  hosts: () => [],
  check: async () => ({ identity: null, items: [] }),
  async *discover() {
    yield { externalId: 'north', name: 'North', detail: {} };
    yield { externalId: 'south', name: 'South', detail: {} };
    if (isDiscoveryCutShort) throw new AdjutantError('NotFound', 'East is not there.');
  },
  webhooks: receiver,
  streams: ['notes', 'letters'].map((id) =>
    defineStream<Record<string, never>, unknown>({
      id,
      title: id,
      payloadSchema: z.unknown(),
      async *read(_context, { scope }) {
        read.push(`${scope.externalId} ${id}`);
        if (broken === `${scope.externalId} ${id}`) throw new Error('away');
        const meanwhile = whileReading;
        whileReading = null;
        await meanwhile?.();
        yield { records: [], tombstones: [], state: {}, complete: true, gaps: [] };
      },
      map: () => ({}),
    }),
  ),
});

let folder: string;
let clock: ReturnType<typeof createFakeClock>;
let adjutant: Adjutant;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-webhooks-'));
  clock = createFakeClock(start);
  adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [connector({})],
    metrics: { pullRequestFacts: { version: 1, compute: () => expect.unreachable() }, metrics: [] },
    clock,
  });
  await adjutant.sync();
  read = [];
  broken = null;
  isDiscoveryCutShort = false;
});
afterEach(async () => {
  await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function signed(delivery: string, event: string, body: Uint8Array = bytes({ delivery })) {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return {
    headers: { 'X-Signature': signature, 'X-Delivery': delivery, 'X-Event': event, Cookie: 'own' },
    body,
  };
}

async function stored(): Promise<unknown[]> {
  const store = await openStore(join(folder, 'store.db'));
  const rows = await queryTuples(
    store.read,
    sql`select event_type, headers, signature is not null, payload from events_raw order by id`,
  );
  await store.close();
  return rows;
}

test('a genuine delivery is kept once, with its headers, its signature and its very text', async () => {
  const inbox = adjutant.webhooks();
  const request = signed('d-1', 'north');
  expect(await inbox.receive('desk', request)).toEqual({
    outcome: 'stored',
    reason: null,
    status: 202,
    event: 'north',
    hints: 1,
  });
  expect(await inbox.receive('desk', request)).toMatchObject({ outcome: 'duplicate', status: 200 });
  const headers = '{"x-event":"north","x-delivery":"d-1"}';
  expect(await stored()).toEqual([['north', headers, 1, '{"delivery":"d-1"}']]);
});

test('what nobody signed, or somebody else did, is refused and leaves nothing behind', async () => {
  const inbox = adjutant.webhooks();
  const { headers, body } = signed('d-1', 'north');
  const { 'X-Signature': signature, ...unsigned } = headers;
  const tampered = bytes({ delivery: 'd-2' });
  const requests = {
    unsigned: { headers: unsigned, body },
    tampered: { headers, body: tampered },
    'signed twice over': { headers: { ...headers, 'x-signature': signature }, body },
    'signed in two': { headers: { ...unsigned, 'x-signature': [signature, signature] }, body },
    'cut short': { headers: { ...unsigned, 'x-signature': signature.slice(2) }, body },
    'no digits': { headers: { ...unsigned, 'x-signature': 'z'.repeat(64) }, body },
  };
  for (const [which, request] of Object.entries(requests)) {
    expect(await inbox.receive('desk', request), which).toMatchObject({
      outcome: 'refused',
      status: 401,
      hints: 0,
    });
  }
  expect(await inbox.receive('elsewhere', signed('d-1', 'north'))).toMatchObject({ status: 404 });
  expect(await stored()).toEqual([]);
  expect((await adjutant.sync({ hinted: true })).streams).toEqual([]);
});

test.each<[string, Uint8Array, number]>([
  ['no JSON', new TextEncoder().encode('{"half":'), 400],
  ['no text', new Uint8Array([0x22, 0xff, 0x22]), 400],
  ['more than any source sends', new Uint8Array(1_025), 413],
])('a signed body that is %s is refused', async (_, body, status) => {
  expect(await adjutant.webhooks().receive('desk', signed('d-1', 'north', body))).toMatchObject({
    outcome: 'refused',
    status,
  });
  expect(await stored()).toEqual([]);
});

test.each([
  ['', 'north'],
  ['d-1', ''],
  ['d'.repeat(201), 'north'],
])('a delivery without a usable name is refused (%j of %j)', async (delivery, event) => {
  const answer = await adjutant.webhooks().receive('desk', signed(delivery, event));
  expect(answer).toMatchObject({ reason: 'malformed', status: 400 });
});

test('a burst is kept whole, each delivery once', async () => {
  const inbox = adjutant.webhooks();
  const burst = Array.from({ length: 40 }, (_, at) => signed(`d-${at % 30}`, 'north'));
  const answers = await Promise.all(burst.map((request) => inbox.receive('desk', request)));
  const outcomes = answers.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(30);
  expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(10);
  expect(await stored()).toHaveLength(30);
});

test('a pass that follows hints reads what they name and nothing else, and each is followed once', async () => {
  const inbox = adjutant.webhooks();
  const phases: string[] = [];
  const onProgress = ({ phase }: { phase: string }) => void phases.push(phase);
  expect((await adjutant.sync({ hinted: true, onProgress })).streams).toEqual([]);
  expect(phases, 'without a hint nothing is computed either').toEqual([]);
  await inbox.receive('desk', signed('d-1', 'south'));
  await inbox.receive('desk', signed('d-2', 'south'));
  await adjutant.sync({ hinted: true });
  expect(read).toEqual(['south notes']);
  await adjutant.sync({ hinted: true });
  expect(read).toEqual(['south notes']);
  await inbox.receive('desk', signed('d-3', 'everywhere'));
  await adjutant.sync({ hinted: true });
  expect(read.slice(1)).toEqual(['north notes', 'south notes']);
});

test('a hint that is given while its stream is read is followed by the next pass', async () => {
  const inbox = adjutant.webhooks();
  await inbox.receive('desk', signed('d-1', 'north'));
  whileReading = () => inbox.receive('desk', signed('d-2', 'north'));
  await adjutant.sync({ hinted: true });
  await adjutant.sync({ hinted: true });
  await adjutant.sync({ hinted: true });
  expect(read).toEqual(['north notes', 'north notes']);
});

test('a pass over everything follows hints too; one that fails leaves them', async () => {
  const inbox = adjutant.webhooks();
  await inbox.receive('desk', signed('d-1', 'north'));
  whileReading = () => Promise.reject(new Error('away'));
  const failed = await adjutant.sync({ hinted: true });
  expect(failed.streams).toMatchObject([{ outcome: 'failed' }]);
  await adjutant.sync();
  read = [];
  await adjutant.sync({ hinted: true });
  expect(read).toEqual([]);
});

test('of a repository that was never selected no word is kept, and nothing is read', async () => {
  const answer = await adjutant.webhooks().receive('desk', signed('d-1', 'west'));
  expect(answer).toMatchObject({ outcome: 'stored', hints: 0 });
  expect((await stored()).map((row) => (row as unknown[])[3])).toEqual(['{}']);
  expect((await adjutant.sync({ hinted: true })).streams).toEqual([]);
});

test('a stream that cannot be read keeps its own hint and no other', async () => {
  const inbox = adjutant.webhooks();
  broken = 'north notes';
  await inbox.receive('desk', signed('d-1', 'north'));
  await inbox.receive('desk', signed('d-2', 'south'));
  await adjutant.sync({ hinted: true });
  await adjutant.sync({ hinted: true });
  expect(read).toEqual(['north notes', 'south notes', 'north notes']);
});

test('what was read is followed, also where the source does not show all that is configured', async () => {
  const inbox = adjutant.webhooks();
  isDiscoveryCutShort = true;
  await inbox.receive('desk', signed('d-1', 'north'));
  await adjutant.sync({ hinted: true });
  await adjutant.sync({ hinted: true });
  expect(read).toEqual(['north notes']);
  await inbox.receive('desk', signed('d-2', 'everywhere'));
  await adjutant.sync({ hinted: true });
  isDiscoveryCutShort = false;
  read = [];
  await adjutant.sync({ hinted: true });
  expect(read, 'of which scopes there are nobody could tell').toEqual([
    'north notes',
    'south notes',
  ]);
});

test('a hint that was followed and given again during a longer pass is not taken away by that', async () => {
  const inbox = adjutant.webhooks();
  await inbox.receive('desk', signed('d-1', 'north'));
  await inbox.receive('desk', signed('d-2', 'south'));
  const other = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [connector({})],
    clock,
  });
  // The pass has read the north and is in the south when another one follows both.
  whileReading = async () => {
    whileReading = async () => {
      await other.sync({ hinted: true });
      await inbox.receive('desk', signed('d-3', 'north'));
    };
  };
  await adjutant.sync({ hinted: true });
  await other.close();
  read = [];
  await adjutant.sync({ hinted: true });
  expect(read).toContain('north notes');
});

test('one who follows hints makes another pass for what came in meanwhile', async () => {
  const inbox = adjutant.webhooks();
  await inbox.receive('desk', signed('d-1', 'north'));
  const further: Promise<void>[] = [];
  whileReading = async () => {
    await inbox.receive('desk', signed('d-2', 'north'));
    further.push(inbox.follow());
  };
  await inbox.follow();
  await Promise.all(further);
  expect(read).toEqual(['north notes', 'north notes']);
  await inbox.follow();
  expect(read).toHaveLength(2);
});

test('deliveries are forgotten after thirty days, however many come in', async () => {
  const inbox = adjutant.webhooks();
  for (let day = 0; day < 40; day += 1) {
    await inbox.receive('desk', signed(`d-${day}`, 'north'));
    await adjutant.sync();
    clock.advance(dayMs);
  }
  expect(await stored()).toHaveLength(31);
});
