import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../audit/verify-ledger.ts';
import { openStore } from './open-store.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import type { Store } from './store.ts';

const workspaceId = 'w';
let folder: string;
let path: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-schema-'));
  path = join(folder, 'store.db');
  store = await openStore(path);
  await addPerson('first');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function addPerson(id: string): Promise<unknown> {
  return store.transaction((transaction) =>
    runStatement(
      transaction,
      sql`insert into people (id, workspace_id, display_name, role) values (${id}, ${workspaceId}, ${id}, 'member')`,
    ),
  );
}

/** As another program does. */
function attack(...statements: string[]): void {
  const file = new Database(path, { timeout: 2_000 });
  for (const statement of statements) file.exec(statement);
  file.close();
}

const people = () => queryTuples<[string, string]>(store.read, sql`select id, role from people`);
const found = async (): Promise<string[]> => {
  const { findings } = await verifyLedger(store, workspaceId);
  return findings.filter(({ code }) => code === 'schema_differs').map(({ message }) => message);
};
const reopen = async (): Promise<void> => {
  await store.close();
  store = await openStore(path);
};

const set = "update people set role = 'admin' where id = NEW.id";
const decisive: [name: string, statement: string][] = [
  ['acts on its own table', `create trigger x after insert on people begin ${set}; end`],
  ['acts before', 'create trigger x before insert on people begin delete from kill_switches; end'],
  [
    'has another name for it',
    `create trigger x after insert on people begin ${set.replace('people', '[PeoPle]')}; end`,
  ],
  [
    'waits at another table',
    `create trigger x after insert on jobs begin ${set.replace('people', '"people"')}; end`,
  ],
  [
    'says that nothing is changed',
    'create trigger x before update on people begin select raise(ignore); end',
  ],
  [
    'writes the ledger',
    "create trigger x after insert on jobs begin delete from audit_seals where workspace_id = 'w'; end",
  ],
];

describe.each([
  ['while the store is open', async () => {}],
  ['before the store is opened', reopen],
])('a trigger that somebody added %s', (_, then) => {
  it.each(decisive)(
    'has no say in what is written and is named where it %s',
    async (_case, text) => {
      attack(text);
      await then();
      await expect(addPerson('second')).rejects.toMatchObject({ code: 'LedgerIntegrity' });
      expect(await people()).toEqual([['first', 'member']]);
      expect(await found()).toEqual(["The trigger x is not Adjutant's."]);
      attack('drop trigger x');
      await addPerson('second');
      expect(await found()).toEqual([]);
    },
  );

  it('that cannot change a sealed row is named, and nothing stops for it', async () => {
    attack('create trigger x after insert on jobs begin delete from leases; end');
    await then();
    await addPerson('second');
    expect(await found()).toEqual(["The trigger x is not Adjutant's."]);
  });
});

const remade: [name: string, text: string, statements: string[]][] = [
  [
    'with a column that is worked out',
    'The table kill_switches is not as Adjutant made it.',
    ['alter table kill_switches add column more text generated always as (workspace_id) virtual'],
  ],
  [
    'as a view that shows more',
    'The table approver_grants is not as Adjutant made it.',
    [
      'alter table approver_grants rename to kept_grants',
      'create view approver_grants as select * from kept_grants',
    ],
  ],
];

it.each(remade)(
  'a table made anew %s is named, and nothing is written',
  async (_, text, statements) => {
    attack(...statements);
    await expect(addPerson('second')).rejects.toMatchObject({ code: 'LedgerIntegrity' });
    expect(await found()).toContain(text);
  },
);

it('tables, views and indexes of somebody beside them change nothing', async () => {
  attack(
    'create table notes (text)',
    'create view names as select display_name from people',
    'create index by_name on people (display_name)',
    'create table touched_rows (table_name, workspace_id, row_key)',
  );
  await reopen();
  await addPerson('second');
  const { findings, rows } = await verifyLedger(store, workspaceId);
  expect(findings).toEqual([]);
  expect(rows?.sealed).toBe(2);
});

it('an index that holds something else than its table is named', async () => {
  attack(
    'create index by_role on people (role, id)',
    'pragma writable_schema = on',
    `create table kept as select * from sqlite_master where name = 'by_role'`,
    `delete from sqlite_master where name = 'by_role'`,
  );
  attack("update people set role = 'admin'");
  attack('pragma writable_schema = on', 'insert into sqlite_master select * from kept');
  await reopen();
  expect((await found()).join()).toMatch(/Table people: .*by_role/);
});
