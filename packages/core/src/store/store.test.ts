import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { upsertRows } from './bulk-write.ts';
import { domainTargets } from './domain-targets.ts';
import { migrations } from './migrations.ts';
import { openStore } from './open-store.ts';
import { runStatement } from './raw-query.ts';
import { tables } from './tables.ts';
import { buildCommit } from '../testing/row-builders.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  path = join(folder, 'inner', 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const workspace = (id: string) => ({ id, name: id, createdAt: 1, deletingAt: null });

test('a transaction that throws keeps nothing', async () => {
  const store = await openStore(path);
  await expect(
    store.transaction(async (transaction) => {
      await transaction.insert(tables.workspaces).values(workspace('a'));
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await store.read.select().from(tables.workspaces)).toEqual([]);
  await store.close();
});

test('writes asked for at the same moment all happen, in order', async () => {
  const store = await openStore(path);
  await Promise.all(
    Array.from({ length: 50 }, (_, position) =>
      store.transaction(async (transaction) => {
        await transaction.insert(tables.workspaces).values(workspace(`w${position}`));
      }),
    ),
  );
  expect(await store.read.select().from(tables.workspaces)).toHaveLength(50);
  await store.close();
});

test('transactions that follow each other let the event loop have its turn', async () => {
  const store = await openStore(path);
  const turn = new AbortController();
  setImmediate(() => turn.abort());
  for (let position = 0; position < 5_000; position += 1) {
    if (turn.signal.aborted) break;
    await store.transaction(async (transaction) => {
      await transaction.insert(tables.workspaces).values(workspace(`w${position}`));
    });
  }
  expect(turn.signal.aborted).toBe(true);
  await store.close();
});

test('a new store is private to its owner', async () => {
  const store = await openStore(path);
  await store.transaction(async (transaction) => {
    await transaction.insert(tables.workspaces).values(workspace('a'));
  });
  expect(statSync(join(folder, 'inner')).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(join(folder, 'inner'))) {
    expect(statSync(join(folder, 'inner', file)).mode & 0o777, file).toBe(0o600);
  }
  await store.close();
});

test('a second store on the same file does not drop the locks of the first', async () => {
  const first = await openStore(path);
  await first.transaction(async (transaction) => {
    await transaction.insert(tables.workspaces).values(workspace('a'));
  });
  await (await openStore(path)).close();
  // To another process the first store must still be there: only the last to leave removes the log.
  execFileSync(process.execPath, [
    '--conditions=@adjutant/source',
    '--input-type=module',
    '--eval',
    `const { openStore } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'open-store.ts')).href)});
     await (await openStore(${JSON.stringify(path)})).close();`,
  ]);
  expect(existsSync(`${path}-wal`)).toBe(true);
  await first.close();
});

test('a memory store leaves no file behind', async () => {
  const store = await openStore(':memory:');
  const { place } = store;
  await store.close();
  expect(() => statSync(place)).toThrow('ENOENT');
});

test('a corrupt file, a foreign database and a folder are refused with what to do', async () => {
  const corrupt = join(folder, 'corrupt.db');
  writeFileSync(corrupt, 'this is no database, but it is long enough to look at'.repeat(100));
  await expect(openStore(corrupt)).rejects.toMatchObject({
    code: 'StoreCorrupt',
    hint: expect.stringContaining('adjutant sync'),
  });
  const foreign = await openStore(path);
  await foreign
    .transaction(async (transaction) => {
      await runStatement(transaction, sql`drop table schema_version`);
    })
    .catch(() => undefined);
  await foreign.close();
  await expect(openStore(path)).rejects.toMatchObject({ code: 'Configuration' });
  await expect(openStore(folder)).rejects.toMatchObject({ code: 'Configuration' });
});

test('a process of an older version meets StoreTooNew, at open and while open', async () => {
  const old = await openStore(path);
  const newer = await openStore(path);
  await newer.transaction(async (transaction) => {
    await transaction.insert(tables.schemaVersion).values({
      version: migrations.length + 1,
      name: 'from_the_future',
      checksum: '',
      appliedAt: 1,
    });
  });
  await expect(
    old.transaction(async (transaction) => {
      await transaction.insert(tables.workspaces).values(workspace('late'));
    }),
  ).rejects.toMatchObject({ code: 'StoreTooNew', hint: expect.stringContaining('Restart') });
  await expect(
    old.transaction(() => {
      throw new Error('What a newer table holds is unknown here.');
    }),
  ).rejects.toMatchObject({ code: 'StoreTooNew' });
  expect(await old.read.select().from(tables.workspaces)).toEqual([]);
  await old.close();
  await newer.close();
  await expect(openStore(path)).rejects.toMatchObject({ code: 'StoreTooNew' });
});

test('the ledger cannot be changed or shortened', async () => {
  const store = await openStore(path);
  const entry = { id: '1', workspaceId: 'a', at: 1, actor: 'system', event: 'x.y', detail: {} };
  await store.transaction(async (transaction) => {
    await transaction.insert(tables.auditEntries).values(entry);
  });
  await expect(
    store.transaction(async (transaction) => {
      await transaction.update(tables.auditEntries).set({ actor: 'nobody' });
    }),
  ).rejects.toThrow();
  await expect(
    store.transaction(async (transaction) => {
      await transaction.delete(tables.auditEntries);
    }),
  ).rejects.toThrow();
  expect(
    await store.read.select({ actor: tables.auditEntries.actor }).from(tables.auditEntries),
  ).toEqual([{ actor: 'system' }]);
  await store.close();
});

test('bulk rows are inserted once, updated where they differ, and counted', async () => {
  const store = await openStore(path);
  const write = (rows: object[]) =>
    store.transaction((transaction) => upsertRows(transaction, domainTargets.commits, 'w', rows));
  const rows = [buildCommit({ sha: 'a' }), buildCommit({ sha: 'b', authoredAt: null })];
  expect(await write(rows)).toBe(2);
  expect(await write(rows)).toBe(0);
  expect(await write([buildCommit({ sha: 'a', subject: 'Another\0 title' })])).toBe(1);
  const stored = await store.read.select().from(tables.commits).orderBy(tables.commits.sha);
  expect(
    stored.map(({ sha, subject, authoredAt, isRevert }) => [sha, subject, authoredAt, isRevert]),
  ).toEqual([
    ['a', 'Another\uFFFD title', expect.any(Number), false],
    ['b', 'Add a widget', null, false],
  ]);
  await store.close();
});
