import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../logger.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { ensureWorkspace } from '../workspace/default-owner.ts';
import { createRefusalTally } from './refusal-tally.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const hourMs = 3_600_000;
const detailSchema = z.looseObject({ times: z.number() });

async function open() {
  const clock = createFakeClock(noon);
  const store = await openStore(':memory:', { clock });
  onTestFinished(() => store.close());
  await ensureWorkspace(store, 'one', clock);
  const logged: string[] = [];
  const logger = {
    ...silentLogger,
    log: (_: unknown, message: string) => void logged.push(message),
  };
  const tally = createRefusalTally({ store, clock, logger, redact: (text) => text });
  const asked = (actor = 'person:a', workspaceId = 'one') =>
    tally.note({ workspaceId, actor, class: 'chosen_set', reason: 'too_alike' });
  const entries = async () => {
    const rows = await queryTuples<[string, string]>(
      store.read,
      sql`select actor, detail from audit_entries where event = 'privacy.query_refused' order by seq`,
    );
    return rows.map(([actor, detail]) => ({ actor, ...detailSchema.parse(JSON.parse(detail)) }));
  };
  return { clock, store, tally, asked, entries, logged };
}

test('the first refusal of an hour stands at once, and a loop of them is one more entry', async () => {
  const { clock, tally, asked, entries } = await open();
  asked();
  await tally.flush();
  const first = { actor: 'person:a', class: 'chosen_set', reason: 'too_alike' };
  expect(await entries()).toEqual([{ ...first, times: 1, firstAt: noon, lastAt: noon }]);
  for (let times = 0; times < 5_000; times += 1) {
    clock.advance(10);
    asked();
  }
  await tally.flush();
  expect(await entries()).toHaveLength(1);
  clock.advance(hourMs);
  asked();
  await tally.flush();
  expect(await entries()).toMatchObject([
    { times: 1 },
    { times: 5_000, firstAt: noon + 10, lastAt: noon + 50_000 },
    { times: 1 },
  ]);
  await tally.flush({ everything: true });
  expect(await entries()).toHaveLength(3);
});

test('what nobody can tell apart in memory is counted under one name', async () => {
  const { tally, asked, entries } = await open();
  for (let asker = 0; asker < 1_100; asker += 1) asked(`agent:${asker} for person:a`);
  await tally.flush({ everything: true });
  const found = await entries();
  expect(found.length).toBeLessThanOrEqual(1_002);
  const times = found.reduce((sum, entry) => sum + entry.times, 0);
  expect(times).toBe(1_100);
  expect(found.find(({ actor }) => actor === 'others')?.times).toBe(100);
});

test('what cannot be written is kept, told once and written later', async () => {
  const { store, tally, asked, entries, logged } = await open();
  const transaction = store.transaction.bind(store);
  store.transaction = () => Promise.reject(new Error('disk full'));
  asked();
  asked();
  await tally.flush({ everything: true });
  expect(logged).toContain('refused questions could not be noted in the ledger');
  store.transaction = transaction;
  await tally.flush({ everything: true });
  expect(await entries()).toMatchObject([{ times: 2 }]);
});

test('a workspace that is gone keeps no trace', async () => {
  const { tally, asked, entries } = await open();
  asked('person:a', 'gone');
  await tally.flush({ everything: true });
  expect(await entries()).toEqual([]);
});
