import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
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

// SQLite gives such names to nobody, and takes them from whoever says so.
const hidden = 'pragma writable_schema = on; create';
const reserved: [what: string, statement: string, text: string][] = [
  [
    'trigger',
    `${hidden} trigger sqlite_x after insert on people begin ${set}; end`,
    "The trigger sqlite_x is not Adjutant's.",
  ],
  [
    'trigger with a name of its statistics',
    `${hidden} trigger sqlite_stat1 after insert on people begin ${set}; end`,
    "The trigger sqlite_stat1 is not Adjutant's.",
  ],
  [
    'index',
    `${hidden} unique index sqlite_one on people (display_name)`,
    "The index sqlite_one is not Adjutant's.",
  ],
];

it.each(reserved)(
  'a %s with a name that SQLite keeps for itself is none of SQLite’s',
  async (_, text, named) => {
    attack(text);
    await expect(addPerson('second')).rejects.toMatchObject({ code: 'LedgerIntegrity' });
    expect(await found()).toContain(named);
    await reopen();
    await expect(addPerson('second')).rejects.toMatchObject({ code: 'LedgerIntegrity' });
    expect(await people()).toEqual([['first', 'member']]);
  },
);

it('a trigger stays foreign where the count of changes to the schema is set back', async () => {
  const file = new Database(path);
  const { schema_version: before } = file.prepare('pragma schema_version').get() as {
    schema_version: number;
  };
  file.close();
  attack(`create trigger x after insert on people begin ${set}; end`);
  await expect(addPerson('second')).rejects.toMatchObject({ code: 'LedgerIntegrity' });
  attack(`pragma schema_version = ${before}`);
  await expect(addPerson('second')).rejects.toMatchObject({ code: 'LedgerIntegrity' });
  expect(await people()).toEqual([['first', 'member']]);
});

const rewritten: [what: string, from: string, to: string][] = [
  ['a type run into the next word', '`display_name` text NOT NULL', '`display_name` textNOT NULL'],
  ['another default', '`role` text NOT NULL', "`role` text DEFAULT 'a dmin' NOT NULL"],
];

it.each(rewritten)('a table with %s is named, and nothing is written', async (_, from, to) => {
  attack(
    'pragma writable_schema = on',
    `update sqlite_master set sql = replace(sql, '${from}', '${to.replaceAll("'", "''")}') where name = 'people'`,
    'pragma writable_schema = reset',
  );
  await reopen();
  await expect(addPerson('second')).rejects.toMatchObject({ code: 'LedgerIntegrity' });
  expect(await found()).toContain('The table people is not as Adjutant made it.');
});

describe.each(['pragma', 'create temp trigger'])(
  'trouble of the disk at a %s while a connection is made anew',
  (begin) => {
    it('is over with the disk’s: the next writes are made, and sealed', async () => {
      const prepare = Reflect.get(Database.prototype, 'prepare') as (
        this: Database.Database,
        text: string,
      ) => Database.Statement;
      let trouble = 0;
      vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
        this: Database.Database,
        text: string,
      ) {
        if (trouble > 0 && text.toLowerCase().startsWith(begin)) {
          trouble -= 1;
          throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
        }
        return prepare.call(this, text);
      });
      onTestFinished(() => void vi.restoreAllMocks());
      trouble = 1;
      const lost = store.transaction(async () => {
        throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
      });
      await expect(lost).rejects.toMatchObject({ code: 'StoreUnavailable' });
      for (const id of ['second', 'third']) await addPerson(id).catch(() => undefined);
      await addPerson('fourth');
      trouble = 0;
      const { findings, rows } = await verifyLedger(store, workspaceId);
      expect(findings).toEqual([]);
      expect(rows?.sealed).toBe((await people()).length);
    });
  },
);

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
