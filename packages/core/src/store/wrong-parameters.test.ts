import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlClient } from './sql-client.ts';
import { openLocalClient } from './local-client.ts';
import { openStore } from './open-store.ts';
import { queryTuples } from './raw-query.ts';
import { openThreadClient } from './thread-client.ts';

// What plain JavaScript may hand to the driver. It refuses most of it; for some it would end the process.
const values: readonly (readonly [string, unknown])[] = [
  ['a flag', true],
  ['no flag', false],
  ['a big integer', 10n],
  ['a very big integer', 2n ** 70n],
  ['nothing', undefined],
  ['a symbol', Symbol('wrong')],
  ['a function', () => 'wrong'],
  ['a date', new Date(0)],
  ['an object', { a: 1 }],
  ['a list', [1]],
  ['bytes', new Uint8Array(2)],
  ['NaN', Number.NaN],
  ['a lone surrogate', '\ud800'],
];

let folder: string;
let clients: [string, SqlClient][];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-parameters-'));
  const path = join(folder, 'store.db');
  clients = [
    ['here', await openLocalClient(path)],
    ['in a thread', await openThreadClient(path)],
  ];
  await clients[0]?.[1].execute('create table kept (value)', []);
});
afterAll(async () => {
  for (const [, client] of clients) await client.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(values)('%s as a parameter ends no process', async (_what, value) => {
  const parameters = [value] as string[];
  for (const [where, client] of clients) {
    const calls = [
      () => client.execute('insert into kept values (?)', parameters),
      () => client.execute('select value from kept where value = ?', parameters),
      () => client.first?.('select ?', parameters),
      () => client.executeEach?.('insert into kept values (?)', [parameters]),
    ];
    for (const call of calls) await Promise.resolve(call()).catch(() => undefined);
    const after = await client.execute('select 1', []);
    expect(after.rows, where).toEqual([[1]]);
  }
});

test('a flag in a query of a store is refused', async () => {
  const store = await openStore(':memory:');
  await expect(queryTuples(store.read, sql`select ${true}`)).rejects.toThrow();
  await expect(
    store.transaction((transaction) => queryTuples(transaction, sql`select ${true}`)),
  ).rejects.toThrow();
  await store.close();
});
