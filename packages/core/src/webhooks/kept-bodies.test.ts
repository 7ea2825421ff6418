import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createAdjutant } from '../create-adjutant.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { defineConnector, defineStream } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { matchesHmac } from './matches-hmac.ts';

const secret = 'a secret of the hook';
const start = Date.UTC(2026, 8, 14, 12);
const dayMs = 86_400_000;
const bodySchema = z.object({ room: z.string() });

/** A source whose deliveries are named by a header that nobody signs, and hint at what their body names. */
const connector = defineConnector<Record<string, never>>({
  id: 'desk',
  title: 'Desk',
  experimental: false,
  configSchema: z.object({}),
  hosts: () => [],
  check: async () => ({ identity: null, items: [] }),
  async *discover() {
    for (const room of ['north', 'south', 'west']) {
      yield { externalId: room, name: room, detail: {} };
    }
  },
  webhooks: {
    largestBodyBytes: 30_000_000,
    keptHeaders: [],
    async verify({ header, body }) {
      const signature = header('x-signature') ?? '';
      return matchesHmac('sha256', secret, [body], signature)
        ? {
            isGenuine: true,
            deliveryId: header('x-delivery') ?? '',
            event: header('x-event') ?? '',
            signature,
          }
        : { isGenuine: false, reason: 'wrong_signature' };
    },
    hints: (event, payload) => {
      const read = bodySchema.safeParse(payload);
      return read.success ? [{ scopeExternalId: read.data.room, stream: event }] : [];
    },
  },
  streams: ['notes', 'letters'].map((id) =>
    defineStream<Record<string, never>, unknown>({
      id,
      title: id,
      payloadSchema: z.unknown(),
      async *read() {
        yield { records: [], tombstones: [], state: {}, complete: true, gaps: [] };
      },
      map: () => ({}),
    }),
  ),
});

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-bodies-'));
  const path = join(folder, 'store.db');
  const clock = createFakeClock(start);
  const adjutant = await createAdjutant({ store: path, connectors: [connector({})], clock });
  onTestFinished(async () => {
    await adjutant.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await adjutant.sync();
  const inbox = adjutant.webhooks();
  const send = (id: string, event: string, text: string) => {
    const body = Buffer.from(text);
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'x-delivery': id, 'x-event': event, 'x-signature': signature };
    return inbox.receive('desk', { headers, body });
  };
  const ask = async <Row extends (string | number)[]>(
    text: ReturnType<typeof sql>,
  ): Promise<Row[]> => {
    const store = await openStore(path);
    try {
      return await queryTuples<Row>(store.read, text);
    } finally {
      await store.close();
    }
  };
  return { adjutant, inbox, clock, send, ask };
}

const deliveries = sql`select external_id, stream, length(payload) from raw_records
  where scope_external_id = '@deliveries'`;

test('a body of 20 MB that comes under ten names is kept once', async () => {
  const { send, ask } = await open();
  const text = JSON.stringify({ room: 'north', filler: 'x'.repeat(20_000_000) });
  for (let place = 0; place < 10; place += 1) {
    expect(await send(`id-${place}`, 'notes', text)).toMatchObject({ status: 202, hints: 1 });
  }
  const rows = await ask<[string, string, number]>(deliveries);
  expect(rows).toHaveLength(10);
  const bytes = rows.reduce((sum, [, , length]) => sum + length, 0);
  expect(bytes).toBeLessThan(text.length + 100);
  const [[pages, size] = [0, 0]] = await ask<[number, number]>(
    sql`select c.page_count, s.page_size from pragma_page_count c, pragma_page_size s`,
  );
  // What is freed is used again: never more than the one that goes and the one that comes.
  expect(pages * size).toBeLessThan(text.length * 2.5);
}, 60_000);

const deliveryArbitrary = record({
  id: constantFrom('a', 'b', 'c', 'd', 'e'),
  event: constantFrom('notes', 'letters'),
  room: constantFrom('north', 'south', 'west', 'nowhere'),
  length: constantFrom(0, 600, 5_000),
  afterDays: constantFrom(0, 0, 0, 1, 12),
});

test('whatever is delivered, each body is kept once, the last one keeps it, and replay finds all', async () => {
  await assert(
    asyncProperty(array(deliveryArbitrary, { maxLength: 14 }), async (sent) => {
      const { adjutant, inbox, clock, send, ask } = await open();
      const owner = await adjutant.owner();
      /** By name and event, what was kept; of what nobody selected no word is. */
      const kept = new Map<string, { at: number; text: string; hint: string | null }>();
      for (const { id, event, room, length, afterDays } of sent) {
        clock.advance(afterDays * dayMs);
        const text = JSON.stringify({ room, filler: 'x'.repeat(length) });
        const { outcome } = await send(id, event, text);
        const key = `${id} ${event}`;
        expect(outcome).toBe(kept.has(key) ? 'duplicate' : 'stored');
        if (kept.has(key)) continue;
        const hint = room === 'nowhere' ? null : `${room} ${event}`;
        kept.set(key, { at: clock.now(), text, hint });
      }
      const hintsOf = (since: number, until: number): Set<string> =>
        new Set(
          [...kept.values()].flatMap(({ at, hint }) =>
            hint !== null && at >= since && at < until ? [hint] : [],
          ),
        );
      const middle = start + 5 * dayMs;
      for (const [since, until] of [
        [0, middle],
        [middle, Infinity],
        [0, Infinity],
      ] as const) {
        const query = { since, until: Math.min(until, Number.MAX_SAFE_INTEGER) };
        const told = await inbox.replay(owner, query);
        expect(told.hints).toBe(hintsOf(since, until).size);
      }
      const rows = await ask<[string, string, number]>(deliveries);
      expect(rows).toHaveLength(kept.size);
      const whole = rows.filter(([, , length]) => length > 512).length;
      const distinct = new Set(
        [...kept].flatMap(([key, { text, hint }]) =>
          hint !== null && text.length > 512 ? [`${key.split(' ')[1]} ${text}`] : [],
        ),
      );
      expect(whole).toBe(distinct.size);
      // What is forgotten takes no body with it that a younger one needs.
      clock.advance(20 * dayMs);
      await adjutant.sync();
      const left = [...kept.values()].filter(({ at }) => at >= clock.now() - 30 * dayMs);
      const after = await inbox.replay(owner, {});
      expect(after.deliveries).toBe(left.length);
      expect(after.hints).toBe(new Set(left.flatMap(({ hint }) => hint ?? [])).size);
    }),
    { numRuns: 25, seed: 26 },
  );
}, 120_000);
