import { queryTuples, runStatement } from './raw-query.ts';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { refreshIncidentTeams } from '../teams/refresh-incident-teams.ts';
import { buildDeployment } from '../testing/row-builders.ts';
import { upsertRows } from './bulk-write.ts';
import { Connection } from './connection.ts';
import { domainTargets } from './domain-targets.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { openStore } from './open-store.ts';
import { tables } from './tables.ts';

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

test('an upgrade works out the team of the incidents that are there', async () => {
  const path = join(folder, 'old.db');
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  await migrate(connection, migrations.slice(0, 19), systemClock);
  const { database } = connection;
  await database
    .insert(tables.teams)
    .values(
      ['red', 'default'].map((key) => ({ id: key, workspaceId: 'w', key, name: key, origin: 'x' })),
    );
  const owned = { workspaceId: 'w', source: 'pager', repositoryExternalId: 'acme/shop' };
  await database.insert(tables.repositoryTeams).values({ ...owned, teamId: 'red' });
  const deployment = buildDeployment({
    source: 'pager',
    serviceKey: 'shop',
    repositoryExternalId: 'acme/shop',
  });
  await upsertRows(database, domainTargets.deployments, 'w', [deployment]);
  // As they were written then: the table has more columns by now.
  const incident = (externalId: string, serviceKey: string | null): SQL => sql`
    insert into incidents
      (id, workspace_id, source, external_id, title, service_key, is_external, created_at)
    values (${externalId}, 'w', 'pager', ${externalId}, 'It broke', ${serviceKey}, 0, 1)`;
  await runStatement(database, incident('of the shop', 'shop'));
  await runStatement(database, incident('of nobody', null));
  await connection.close();
  const store = await openStore(path);
  const teams = () =>
    queryTuples(
      store.read,
      sql`select i.external_id, own.team_id, own.created_at = i.created_at from incident_teams own
        join incidents i on i.id = own.incident_id order by 1`,
    );
  const filled = [
    ['of nobody', 'default', 1],
    ['of the shop', 'red', 1],
  ];
  expect(await teams()).toEqual(filled);
  await refreshIncidentTeams(store, 'w');
  expect(await teams()).toEqual(filled);
  await store.close();
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
  await expect(migrate(slow, migrations, systemClock)).resolves.toEqual({
    version: migrations.length,
    isMadeHere: false,
  });
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
