import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Checkpointer } from './checkpointer.ts';
import { sql } from 'drizzle-orm';
import { openStore } from './open-store.ts';
import { runStatement } from './raw-query.ts';
import { Connection } from './connection.ts';

const megabyte = 1024 * 1024;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the log of a long write stays bounded, and closing leaves none', async () => {
  const path = join(folder, 'store.db');
  const store = await openStore(path);
  await store.transaction(async (transaction) => {
    await runStatement(transaction, sql`create table filler (text text)`);
  });
  const text = 'x'.repeat(megabyte / 2);
  let longestLogBytes = 0;
  for (let round = 0; round < 200; round += 1) {
    await store.transaction(async (transaction) => {
      await runStatement(transaction, sql`insert into filler values (${text})`);
    });
    longestLogBytes = Math.max(longestLogBytes, statSync(`${path}-wal`).size);
  }
  // A hundred megabytes went through a log that never held more than a part of them.
  expect(longestLogBytes).toBeLessThan(48 * megabyte);
  await store.close();
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  expect(statSync(path).size).toBeGreaterThan(100 * megabyte);
});

test('a thread that cannot open the file leaves the copying to the writer', async () => {
  const path = join(folder, 'not-a-file');
  mkdirSync(path);
  writeFileSync(`${path}-wal`, Buffer.alloc(5 * megabyte));
  const told: boolean[] = [];
  const checkpointer = new Checkpointer(path, async (enabled) => {
    told.push(enabled);
  });
  checkpointer.afterCommit();
  await checkpointer.close();
  expect(told).toEqual([true]);
  checkpointer.afterCommit();
  await checkpointer.close();
});

test('a connection that replaces another copies the log as that one did', async () => {
  const connection = await Connection.open(
    { kind: 'file', path: join(folder, 'store.db') },
    undefined,
  );
  const pages = async () =>
    (await connection.database.session.execute('pragma wal_autocheckpoint', [])).rows[0]?.[0];
  expect(await pages()).toBe(3000);
  await connection.checkpointItself(false);
  await connection.reopen();
  expect(await pages()).toBe(0);
  connection.close();
});
