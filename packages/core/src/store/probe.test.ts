import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStore } from './open-store.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import type { Store } from './store.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  folder = mkdtempSync(join(tmpdir(), 'adjutant-probe-'));
  store = await openStore(join(folder, 'store.db'));
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Leaves the database no page more than it has. */
async function fillDisk(): Promise<void> {
  await store.transaction(async (transaction) => {
    const [pages] = await queryTuples<[number]>(transaction, sql`pragma page_count`);
    await runStatement(transaction, sql.raw(`pragma max_page_count = ${pages?.[0] ?? 1}`));
  });
}

async function emptyDisk(): Promise<void> {
  await store.transaction(async (transaction) => {
    await runStatement(transaction, sql`pragma max_page_count = 1000000`);
  });
}

test('who has written nothing for a while notices a full disk when it is asked, and when it passes', async () => {
  await fillDisk();
  expect(await store.probe()).toBeNull();
  vi.advanceTimersByTime(11_000);
  expect(await store.probe()).toMatchObject({ reason: 'disk_full' });
  expect(store.trouble).toMatchObject({ reason: 'disk_full' });
  await emptyDisk();
  vi.advanceTimersByTime(1_000);
  expect(await store.probe()).toBeNull();
});

test('who has just written is not made to write again, however often it is asked', async () => {
  await store.probe({ always: true });
  const before = await changesSoFar();
  for (let asked = 0; asked < 50; asked += 1) {
    vi.advanceTimersByTime(100);
    await store.probe();
  }
  expect(await changesSoFar()).toBe(before);
  vi.advanceTimersByTime(10_000);
  for (let asked = 0; asked < 50; asked += 1) await store.probe();
  expect(await changesSoFar()).toBeGreaterThan(before);
});

/** Of the writer, in a transaction that changes nothing itself. */
async function changesSoFar(): Promise<number> {
  const [row] = await store.transaction((transaction) =>
    queryTuples<[number]>(transaction, sql`select total_changes()`),
  );
  return row?.[0] ?? -1;
}
