import { queryTuples, runStatement } from './raw-query.ts';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { openStore } from './open-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function schemaOf(path: string): Promise<unknown[]> {
  const store = await openStore(path);
  const rows = await queryTuples(
    store.read,
    sql`select type, name, sql from sqlite_master where name not glob 'sqlite_*' order by 1, 2`,
  );
  await store.close();
  return rows;
}

describe('an upgrade', () => {
  for (let from = 1; from < migrations.length; from += 1) {
    test(`from migration ${from} ends with the schema of a new store and a backup beside it`, async () => {
      const path = join(folder, 'old.db');
      const connection = await Connection.open({ kind: 'file', path }, undefined);
      await migrate(connection, migrations.slice(0, from), systemClock);
      await runStatement(
        connection.database,
        sql`insert into workspaces (id, name, created_at) values ('w', 'kept', 1)`,
      );
      await connection.close();
      const upgraded = await schemaOf(path);
      expect(upgraded).toEqual(await schemaOf(join(folder, 'new.db')));
      expect(statSync(`${path}.schema-${from}.backup`).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
      const backup = await Connection.open(
        { kind: 'file', path: `${path}.schema-${from}.backup` },
        undefined,
      );
      const backedUp = await queryTuples(backup.database, sql`select name from workspaces`);
      expect(backedUp).toEqual([['kept']]);
      await backup.close();
    });
  }
});

test('a store that another process makes between two looks at it is not taken for a stranger’s', async () => {
  const path = join(folder, 'raced.db');
  const slow = await Connection.open({ kind: 'file', path }, undefined);
  const quick = await Connection.open({ kind: 'file', path }, undefined);
  onTestFinished(async () => {
    await slow.close();
    await quick.close();
  });
  const { session } = slow.database;
  const execute = session.execute.bind(session);
  vi.spyOn(session, 'execute').mockImplementationOnce(async (text, parameters) => {
    const found = await execute(text, parameters);
    await migrate(quick, migrations, systemClock);
    return found;
  });
  await expect(migrate(slow, migrations, systemClock)).resolves.toBe(migrations.length);
});

test('opening a current store changes nothing and makes no backup', async () => {
  const path = join(folder, 'store.db');
  await (await openStore(path)).close();
  await (await openStore(path)).close();
  expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual([]);
});

test('a migration that fails leaves the schema as it was', async () => {
  const path = join(folder, 'store.db');
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  await migrate(connection, migrations, systemClock);
  const broken = {
    version: migrations.length + 1,
    name: 'broken',
    checksum: '',
    statements: ['create table half (id text)', 'this is not SQL'],
  };
  await expect(migrate(connection, [...migrations, broken], systemClock)).rejects.toThrow();
  const half = await queryTuples(
    connection.database,
    sql`select name from sqlite_master where name = 'half'`,
  );
  expect(half).toEqual([]);
  await connection.close();
});

test('a released migration that was changed is refused, by a newer build too', async () => {
  const path = join(folder, 'store.db');
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  await migrate(connection, migrations, systemClock);
  const changed = migrations.map((migration, position) =>
    position === 1 ? { ...migration, checksum: 'another' } : migration,
  );
  const newer = { version: migrations.length + 1, name: 'newer', checksum: '', statements: [] };
  for (const build of [changed, [...changed, newer]]) {
    await expect(migrate(connection, build, systemClock)).rejects.toMatchObject({
      code: 'Configuration',
      message: expect.stringContaining('migration 2 (0001_audit_append_only)'),
    });
  }
  await connection.close();
  expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual([]);
});
