import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccessTokens } from '../access-tokens/create-access-tokens.ts';
import { insertSession } from '../approvers/page-sessions.ts';
import { makeMarks } from '../erasure/known-by.ts';
import { runStatement } from '../store/raw-query.ts';
import { sealedTables } from '../store/sealed-tables.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { appendAuditEntry } from './append-audit-entry.ts';
import { erasureBegunEvent } from './check-erasure-marks.ts';
import {
  at,
  type LedgerWorld,
  openLedgerWorld,
  workspaceId,
  writeDecidedAction,
} from './testing/ledger-world.ts';
import { verifyLedger } from './verify-ledger.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/concepts/ledger.md'), 'utf8');

interface Column {
  name: string;
  type: string;
}
type Row = Record<string, string | number | null>;

let world: LedgerWorld;
beforeAll(async () => {
  world = await openLedgerWorld();
  await writeDecidedAction(world);
  await world.store.transaction(async (transaction) => {
    await runStatement(
      transaction,
      sql`insert into people (id, workspace_id, display_name, role) values ('p2', ${workspaceId}, 'P', 'member')`,
    );
    const known = { accounts: [], names: ['Quilla Zyxwander'] };
    const marks = await makeMarks(transaction, workspaceId, 'p3', known, at);
    await transaction.insert(tables.erasureMarks).values(marks);
    await appendAuditEntry(transaction, {
      ...{ workspaceId, at, actor: 'person:p2', event: erasureBegunEvent, subject: 'p3' },
      detail: { marks: marks.length, tellsWords: true },
    });
    await insertSession(transaction, {
      ...{ workspaceId, personId: 'p2', at, cookie: 'cookie', method: 'link' },
    });
  });
  const { store } = world;
  const context = { store, clock: createFakeClock(at), workspaceId, onToken: () => undefined };
  const viewer = { kind: 'person', personId: 'p2', role: 'admin' } as const;
  await createAccessTokens(context, viewer).create({ name: 'script', scopes: ['read'] });
  // Those that are there against mistakes would be against this as well.
  const triggers = world.query<{ name: string }>(
    "select name from sqlite_master where type = 'trigger' and name not like '%rollup%'",
  );
  await store.transaction(async (transaction) => {
    for (const { name } of triggers) {
      await runStatement(transaction, sql`drop trigger ${sql.identifier(name)}`);
    }
  });
});
afterAll(() => world.end());

/** An edit that is sealed as Adjutant's own would be: by whoever knows how seals are made. */
const write = (table: string, column: string, value: string | number | null, row: Row) =>
  world.store.transaction((transaction) =>
    runStatement(
      transaction,
      sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = ${value} where rowid = ${row['_rowid']}`,
    ),
  );

const found = async (): Promise<number> => {
  const { findings } = await verifyLedger(world.store, workspaceId);
  return findings.filter(({ code }) => code !== 'schema_differs').length;
};

/** The columns of a table in which another value is found by the entries alone. */
async function toldColumns(table: string): Promise<string[]> {
  const columns = world.query<Column>(
    `select name, lower(type) as type from pragma_table_info('${table}')`,
  );
  const [row] = world.query<Row>(`select rowid as "_rowid", * from "${table}" limit 1`);
  if (row === undefined) return [];
  const told: string[] = [];
  for (const { name, type } of columns) {
    const before = row[name] ?? null;
    await write(table, name, type === 'text' ? `${before ?? ''}x` : Number(before) + 1, row);
    if ((await found()) > 0) told.push(name);
    await write(table, name, before, row);
    expect(await found()).toBe(0);
  }
  return told;
}

it('the page names each column of which the entries alone tell, and no other', async () => {
  expect(await found()).toBe(0);
  const told: Record<string, string[]> = {};
  for (const table of Object.keys(sealedTables)) {
    const columns = await toldColumns(table);
    if (columns.length > 0) told[table] = columns.toSorted();
  }
  const [, part = ''] = page.split('<!-- told columns -->');
  const rows = (part.split('<!-- /told columns -->')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const said = rows.map(([, table = '', columns = '']) => [table, columns.split(', ')]);
  expect(Object.fromEntries(said)).toEqual(told);
});
