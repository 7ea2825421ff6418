import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { Connection } from '../store/connection.ts';
import { openStore } from '../store/open-store.ts';
import { ledgerTables, sealedTables } from '../store/sealed-tables.ts';
import { ledgerFindings } from './check-ledger-kinds.ts';
import { compareIndexes, findIndexFaults } from './find-index-faults.ts';
import { openLedgerWorld, workspaceId, writeDecidedAction } from './testing/ledger-world.ts';
import { verifyLedger } from './verify-ledger.ts';

interface Column {
  name: string;
  type: string;
}
type Value = string | number | null;
type Row = Record<string, Value>;
interface Index {
  table: string;
  index: string;
}

const decisive = [...ledgerTables, ...Object.keys(sealedTables)];
const folder = mkdtempSync(join(tmpdir(), 'adjutant-hidden-'));
const whole = join(folder, 'whole.db');
let copy = '';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function within<Result>(path: string, work: (file: Database.Database) => Result): Result {
  const file = new Database(path, { timeout: 2_000 });
  try {
    return work(file);
  } finally {
    file.close();
  }
}

function columnsOf(file: Database.Database, table: string): Column[] {
  return file
    .prepare(`select name, lower(type) as type from pragma_table_info('${table}')`)
    .all() as Column[];
}

function insert(file: Database.Database, table: string, row: Row): void {
  const names = Object.keys(row);
  const list = names.map((name) => `"${name}"`).join(', ');
  file
    .prepare(`insert into "${table}" (${list}) values (${names.map(() => '?').join(', ')})`)
    .run(Object.values(row));
}

/** A row of which no other index can tell that another one has its values. */
function freshRow(file: Database.Database, table: string, mark: string): Row {
  const columns = columnsOf(file, table).map(({ name, type }): [string, Value] => {
    if (name === 'workspace_id' && table !== 'audit_heads') return [name, workspaceId];
    return [name, type === 'integer' ? 1_000 + mark.length : `${name} ${mark}`];
  });
  return Object.fromEntries(columns);
}

function withoutTriggers(file: Database.Database, table = '%'): void {
  const triggers = file
    .prepare("select name from sqlite_master where type = 'trigger' and tbl_name like ?")
    .all([table]);
  for (const { name } of triggers as { name: string }[]) file.exec(`drop trigger "${name}"`);
}

/** A store with three rows in each of these tables, and all of their indexes as it has them. */
async function readIndexes(): Promise<Index[]> {
  await (await openStore(whole)).close();
  return within(whole, (file) => {
    withoutTriggers(file);
    for (const table of decisive) {
      for (const mark of ['a', 'bb', 'ccc']) insert(file, table, freshRow(file, table, mark));
    }
    // Copied is the file alone.
    file.exec('pragma wal_checkpoint(truncate)');
    const list = file.prepare(
      'select m.name as "table", i.name as "index" from sqlite_master m join pragma_index_list(m.name) i where m.type = \'table\'',
    );
    return (list.all() as Index[]).filter(({ table }) => decisive.includes(table));
  });
}
const indexes = await readIndexes();

let turn = 0;
/** A file of its own each time: the driver lets go of one only when it likes to. */
function startAnew(): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
  turn += 1;
  copy = join(folder, `copy-${turn}.db`);
  copyFileSync(whole, copy);
}

/** Does something to a table while SQLite does not know of one of its indexes, as "writable_schema" lets anybody. */
function pastIndex(
  { table, index }: Index,
  work: (file: Database.Database) => void,
  path = copy,
): void {
  type Master = { type: string; name: string; tbl_name: string; rootpage: number; sql: Value };
  const { own, columns } = within(path, (file) => ({
    own: file.prepare('select * from sqlite_master where name in (?, ?)').all([table, index]),
    columns: columnsOf(file, table).map(({ name, type }) => `"${name}" ${type}`),
  }));
  const [tableText, entry] = [table, index].map((name) =>
    (own as Master[]).find((one) => one.name === name),
  );
  if (tableText === undefined || entry === undefined) throw new Error(`no ${index}`);
  within(path, (file) => {
    file.exec('pragma writable_schema = on');
    file.prepare('delete from sqlite_master where name = ?').run([index]);
    // The index of a primary key goes with what the table says of the key.
    if (entry.sql === null) {
      const bare = `create table "${table}" (${columns.join(', ')})`;
      file.prepare('update sqlite_master set sql = ? where name = ?').run([bare, table]);
    }
  });
  within(path, work);
  within(path, (file) => {
    file.exec('pragma writable_schema = on');
    file.prepare('update sqlite_master set sql = ? where name = ?').run([tableText.sql, table]);
    file
      .prepare(
        'insert into sqlite_master (type, name, tbl_name, rootpage, sql) values (?, ?, ?, ?, ?)',
      )
      .run([entry.type, entry.name, entry.tbl_name, entry.rootpage, entry.sql]);
  });
}

/** What an index can be made to say otherwise than its table. */
const attacks: Record<string, (of: Index) => void> = {
  'hides a row': (of) => {
    const row = within(copy, (file) => {
      const found = file.prepare(`select rowid, * from "${of.table}" order by rowid desc`).all()[0];
      file.prepare(`delete from "${of.table}" where rowid = ?`).run([(found as Row)['rowid']]);
      return found as Row;
    });
    pastIndex(of, (file) => insert(file, of.table, row));
  },
  'does not know a row that was put in': (of) =>
    pastIndex(of, (file) => insert(file, of.table, freshRow(file, of.table, 'dddd'))),
  'has a row that is gone': (of) =>
    pastIndex(of, (file) => {
      file.exec(`delete from "${of.table}" where rowid = (select max(rowid) from "${of.table}")`);
    }),
  'has a row at another place': (of) => {
    const key = within(copy, (file) =>
      file
        .prepare(`select name from pragma_index_info('${of.index}') where name is not null`)
        .all(),
    ) as Column[];
    const name = key.at(-1)?.name ?? '';
    pastIndex(of, (file) => {
      const { type } = columnsOf(file, of.table).find((column) => column.name === name) ?? {};
      const other = type === 'integer' ? `"${name}" + 7` : `"${name}" || ' otherwise'`;
      const last = `(select max(rowid) from "${of.table}")`;
      file.exec(`update "${of.table}" set "${name}" = ${other} where rowid = ${last}`);
    });
  },
};

async function foundIn({ table }: Index): Promise<string[]> {
  const connection = await Connection.open({ kind: 'file', path: copy }, undefined);
  const faults = await compareIndexes(connection.database);
  await connection.close();
  return faults.filter((message) => message.startsWith(`Table ${table}:`));
}

it('the ledger’s own tables are those whose edits have a name', () => {
  expect(ledgerTables.toSorted()).toEqual(Object.keys(ledgerFindings).toSorted());
  const withIndex = new Set(indexes.map(({ table }) => table));
  expect(decisive.filter((table) => !withIndex.has(table))).toEqual([]);
});

it.each(indexes)('$index of $table is found where it says otherwise than its table', async (of) => {
  startAnew();
  pastIndex(of, () => undefined);
  expect(await foundIn(of)).toEqual([]);
  const missed: string[] = [];
  for (const [name, attack] of Object.entries(attacks)) {
    startAnew();
    attack(of);
    if ((await foundIn(of)).length === 0) missed.push(name);
  }
  expect(missed).toEqual([]);
});

it.each([
  ['an entry that decisions look up is in no index of subjects', 'audit_entries_subject'],
  ['an entry that decisions look up is in no index of numbers', 'audit_entries_seq'],
])('the ledger does not verify where %s', async (_, index) => {
  const world = await openLedgerWorld();
  onTestFinished(() => world.end());
  await writeDecidedAction(world);
  expect((await verifyLedger(world.store, workspaceId)).ok).toBe(true);
  const path = join(world.folder, 'store.db');
  const [entry] = world.query<Row>("select * from audit_entries where event = 'action.decided'");
  const triggers = world.query<{ sql: string }>(
    "select sql from sqlite_master where type = 'trigger' and tbl_name = 'audit_entries'",
  );
  within(path, (file) => {
    withoutTriggers(file, 'audit_entries');
    if (index === 'audit_entries_subject')
      file.exec("delete from audit_entries where event = 'action.decided'");
  });
  const other = { id: 'other', seq: 5_000, event: 'authenticator.confirmed' };
  const row = index === 'audit_entries_subject' ? entry : { ...entry, ...other };
  pastIndex(
    { table: 'audit_entries', index },
    (file) => insert(file, 'audit_entries', row ?? {}),
    path,
  );
  within(path, (file) => {
    for (const trigger of triggers) file.exec(trigger.sql);
  });
  const { findings } = await verifyLedger(world.store, workspaceId);
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toContainEqual(
    expect.stringMatching(new RegExp(`^schema_differs: Table audit_entries: .*${index}`)),
  );
  // A long ledger is looked at on a thread.
  expect(await findIndexFaults(world.store, 1_000_000)).not.toEqual([]);
});
