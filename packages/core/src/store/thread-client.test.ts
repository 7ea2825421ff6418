import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection } from './connection.ts';
import { openStore } from './open-store.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import { openThreadClient } from './thread-client.ts';

const megabyte = 1024 * 1024;
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  path = join(folder, 'store.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A store whose process has written so many rows that it is worth a thread from here on. */
async function openWritten() {
  const store = await openStore(path);
  await store.transaction(async (transaction) => {
    await runStatement(transaction, sql`create table filler (text text)`);
    await runStatement(
      transaction,
      sql`with recursive counted(number) as (select 1 union all select number + 1 from counted limit 5000)
        insert into filler select 'row ' || number from counted`,
    );
  });
  return store;
}

test('the log of a long write stays bounded, and closing leaves none', async () => {
  const store = await openWritten();
  const text = 'x'.repeat(megabyte / 2);
  let longestLogBytes = 0;
  for (let round = 0; round < 300; round += 1) {
    await store.transaction(async (transaction) => {
      await runStatement(transaction, sql`insert into filler values (${text})`);
    });
    longestLogBytes = Math.max(longestLogBytes, statSync(`${path}-wal`).size);
  }
  // A hundred and fifty megabytes went through a log that never held more than a part of them.
  expect(longestLogBytes).toBeLessThan(48 * megabyte);
  const [row] = await queryTuples<[number]>(store.read, sql`select count(*) from filler`);
  expect(row).toEqual([5300]);
  await store.close();
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  expect(statSync(path).size).toBeGreaterThan(150 * megabyte);
});

test('a thread that cannot open the file says so', async () => {
  mkdirSync(path);
  await expect(openThreadClient(path)).rejects.toThrow(/unable to open/iu);
});

test('what a statement gives and what it refuses come back as from a connection beside', async () => {
  const connection = await Connection.open({ kind: 'file', path }, undefined, 'write-in-thread');
  const { session } = connection.database;
  await session.execute('create table numbers (number integer primary key)', []);
  expect(await session.executeEach?.('insert into numbers values (?)', [[1], [2], [3]])).toBe(3);
  expect(await session.execute('select number from numbers order by number', [])).toEqual({
    rows: [[1], [2], [3]],
    changes: 0,
  });
  await expect(
    connection.transaction(async (transaction) => {
      await transaction.session.execute('delete from numbers', []);
      await transaction.session.execute('insert into numbers values (?)', [4]);
      await transaction.session.execute('insert into numbers values (?)', [4]);
    }),
  ).rejects.toMatchObject({ code: 'Internal', cause: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } });
  expect((await session.execute('select count(*) from numbers', [])).rows).toEqual([[3]]);
  await connection.close();
});

test.for(['write', 'write-in-thread'] as const)(
  'what follows in a transaction that SQLite has undone is refused (%s)',
  async (use) => {
    const connection = await Connection.open({ kind: 'file', path }, undefined, use);
    const { session } = connection.database;
    await session.execute('create table numbers (number integer primary key)', []);
    const insert = 'insert or rollback into numbers values (?)';
    const follow = vi.fn<(error: Error) => void>();
    await expect(
      connection.transaction(async (transaction) => {
        await transaction.session.execute(insert, [1]);
        const refused = transaction.session.execute(insert, [1]);
        refused.catch(() => undefined);
        await transaction.session.executeEach?.(insert, [[2]]).catch(follow);
        await transaction.session.execute(insert, [3]).catch(follow);
        const { session: writer } = transaction;
        await (writer.first?.('select 1', []) ?? writer.execute('select 1', [])).catch(follow);
        await refused;
      }),
    ).rejects.toMatchObject({ cause: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } });
    // Each fails as the one that made SQLite undo it.
    const refused = { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' };
    expect(follow.mock.calls).toMatchObject([[refused], [refused], [refused]]);
    expect((await session.execute('select count(*) from numbers', [])).rows).toEqual([[0]]);
    await connection.close();
  },
);

test('a writer in a thread waits its turn behind another', async () => {
  const thread = await Connection.open({ kind: 'file', path }, undefined, 'write-in-thread');
  const other = await Connection.open({ kind: 'file', path }, undefined);
  await other.database.session.execute('pragma journal_mode = wal', []);
  await other.database.session.execute('create table numbers (number integer)', []);
  await other.database.session.execute('begin immediate', []);
  const written = thread.transaction((transaction) =>
    transaction.session.execute('insert into numbers values (1)', []),
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  await other.database.session.execute('commit', []);
  expect(await written).toEqual({ rows: [], changes: 1 });
  await thread.close();
  await other.close();
});

test('while a statement runs in a thread, timers go on', async () => {
  const client = await openThreadClient(path);
  const counted = client.execute(
    'with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) select count(*) from n',
    [400_000],
  );
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  expect((await counted).rows).toEqual([[400_000]]);
  clearInterval(timer);
  // On this thread the statement would be done before the first of them.
  expect(turns).toBeGreaterThan(5);
  await client.close();
});

test('a value that cannot be sent is refused, and the next answer is the next question’s', async () => {
  const client = await openThreadClient(path);
  const unsendable = (() => 1) as unknown as number;
  await expect(client.execute('select ?', [unsendable])).rejects.toThrow('could not be cloned');
  expect((await client.execute('select 2', [])).rows).toEqual([[2]]);
  await client.close();
});

const isBegin = (message: unknown): boolean => Array.isArray(message) && message[0] === 'begin';

test('a thread that ends in a transaction loses that one, and the store is written without it', async () => {
  const store = await openWritten();
  const insert = (text: string) =>
    store.transaction(async (transaction) => {
      await runStatement(transaction, sql`insert into filler values (${text})`);
    });
  const posts = vi.spyOn(Worker.prototype, 'postMessage');
  // It is opened beside the writes that make it worth one.
  while (!posts.mock.calls.some(([message]) => isBegin(message))) await insert('row');
  const lost = store.transaction(async (transaction) => {
    await runStatement(transaction, sql`insert into filler values ('lost')`);
    const workers = new Set(posts.mock.contexts as Worker[]);
    await Promise.all(Array.from(workers, (worker) => worker.terminate()));
    await runStatement(transaction, sql`insert into filler values ('lost too')`);
  });
  await expect(lost).rejects.toMatchObject({ code: 'Internal', retryable: true });
  posts.mockRestore();
  await insert('kept');
  const rows = await queryTuples<[string, number]>(
    store.read,
    sql`select text, count(*) from filler where text in ('kept', 'lost', 'lost too') group by text`,
  );
  expect(rows).toEqual([['kept', 1]]);
  await store.close();
});

test('a process that writes little has no thread, however long the log that others fill', async () => {
  const [others, store] = await Promise.all([openStore(path), openStore(path)]);
  const posts = vi.spyOn(Worker.prototype, 'postMessage');
  await others.transaction(async (transaction) => {
    await runStatement(transaction, sql`create table filler (text text)`);
  });
  for (let round = 0; round < 20; round += 1) {
    for (const writing of [others, store]) {
      await writing.transaction(async (transaction) => {
        await runStatement(transaction, sql`insert into filler values (${'x'.repeat(megabyte)})`);
      });
    }
  }
  await Promise.all([others.close(), store.close()]);
  expect(posts).not.toHaveBeenCalled();
  posts.mockRestore();
});

test('a thread that ends while it opens is not waited for', async () => {
  const listened = vi.spyOn(Worker.prototype, 'once');
  const opening = openThreadClient(path);
  opening.catch(() => undefined);
  for (const worker of new Set(listened.mock.contexts as Worker[])) await worker.terminate();
  listened.mockRestore();
  await expect(opening).rejects.toThrow('has ended');
});

test('whoever still asks a thread that has ended is told', async () => {
  const client = await openThreadClient(path);
  await client.close();
  await expect(client.execute('select 1', [])).rejects.toThrow('has ended');
  await client.close();
});
