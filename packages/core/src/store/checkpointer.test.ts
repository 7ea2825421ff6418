import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Checkpointer } from './checkpointer.ts';
import { Connection } from './connection.ts';

const megabyte = 1024 * 1024;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
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

test('a thread that ends by itself leaves the copying to the writer, and nobody waits for it', async () => {
  const path = join(folder, 'store.db');
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  await connection.database.session.execute('pragma journal_mode = wal', []);
  const told: boolean[] = [];
  const checkpointer = new Checkpointer(path, async (enabled) => {
    told.push(enabled);
  });
  const kept = vi.spyOn(Worker.prototype, 'ref');
  checkpointer.afterCommit();
  const [worker] = kept.mock.contexts as Worker[];
  kept.mockRestore();
  await worker?.terminate();
  await checkpointer.beforeTransaction();
  expect(told).toEqual([true]);
  await checkpointer.close();
  await connection.close();
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
  await connection.close();
});
