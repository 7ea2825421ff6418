import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { runStatement } from '../store/raw-query.ts';
import { sealedTables } from '../store/sealed-tables.ts';
import type { Store } from '../store/store.ts';
import { checkSeals } from './check-seals.ts';
import { createFindings } from './finding.ts';

interface Column {
  name: string;
  type: string;
  pk: number;
}
type Row = Record<string, string | number | null>;

const workspaceId = 'w';
const folder = mkdtempSync(join(tmpdir(), 'adjutant-written-over-'));
let store: Store;
let file: Database.Database;

const columnsOf = (table: string): Column[] =>
  file
    .prepare(`select name, lower(type) as type, pk from pragma_table_info('${table}')`)
    .all() as Column[];
const rowsOf = (table: string): Row[] =>
  file.prepare(`select rowid as "_rowid", * from "${table}"`).all() as Row[];
/** Past Adjutant. */
const run = (text: string, ...values: unknown[]): void => {
  file.prepare(text).run(values);
};
/** Through Adjutant. */
const write = (text: string, ...values: (string | number | null)[]): Promise<unknown> =>
  store.transaction(async (transaction) => {
    const parts = text.split('?').map((part, index) => {
      return index < values.length ? sql`${sql.raw(part)}${values[index]}` : sql.raw(part);
    });
    await runStatement(transaction, sql.join(parts, sql``));
  });

async function found(): Promise<number> {
  const findings = createFindings();
  await checkSeals(store.read, workspaceId, [], findings);
  return findings.total;
}

let turn = 0;
/** Values for a new row, none of which was used before. */
function freshValues(table: string): (string | number | null)[] {
  turn += 1;
  return columnsOf(table).map(({ name, type }) => {
    if (name === 'workspace_id') return workspaceId;
    return type === 'text' ? `"${name} ${turn}"` : turn * 10;
  });
}

function insertText(table: string): string {
  const columns = columnsOf(table).map(({ name }) => `"${name}"`);
  return `insert into "${table}" (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`;
}

/** A new row in a table, through Adjutant. */
async function addRow(table: string): Promise<Row> {
  await write(insertText(table), ...freshValues(table));
  const row = rowsOf(table).at(-1);
  if (row === undefined) throw new Error('no row');
  return row;
}

/** A column that the seal covers and that is no part of the key. */
function valueColumn(table: string): Column {
  const excepted = sealedTables[table] ?? {};
  const column = columnsOf(table).find(
    ({ name, pk }) => pk === 0 && name !== 'workspace_id' && !(name in excepted),
  );
  if (column === undefined) throw new Error(`${table} is nothing but its key`);
  return column;
}

const other = ({ type }: Column): string | number => {
  turn += 1;
  return type === 'text' ? `"other ${turn}"` : turn * 10;
};
const keyOf = (table: string, row: Row): string =>
  JSON.stringify(
    columnsOf(table)
      .filter(({ pk }) => pk > 0)
      .toSorted((a, b) => a.pk - b.pk)
      .map(({ name }) => row[name]),
  );

/** What somebody with the file does to a row before Adjutant writes it again. */
const edits: Record<string, (table: string, row: Row) => Promise<void> | void> = {
  'edits it': (table, row) => {
    const column = valueColumn(table);
    run(`update "${table}" set "${column.name}" = ? where rowid = ?`, other(column), row['_rowid']);
  },
  'edits it and takes its seal away': (table, row) => {
    const column = valueColumn(table);
    run(`update "${table}" set "${column.name}" = ? where rowid = ?`, other(column), row['_rowid']);
    run('delete from row_seals where table_name = ? and row_key = ?', table, keyOf(table, row));
  },
  'puts back what it was before, with the salt of then': async (table, row) => {
    const column = valueColumn(table);
    const own = 'table_name = ? and row_key = ?';
    const seal = file.prepare(`select salt from row_seals where ${own}`);
    const { salt } = seal.get([table, keyOf(table, row)]) as { salt: string };
    const set = `update "${table}" set "${column.name}" = ? where rowid = ?`;
    await write(set, other(column), row['_rowid'] ?? null);
    run(set, row[column.name], row['_rowid']);
    run(`update row_seals set salt = ? where ${own}`, salt, table, keyOf(table, row));
  },
};

/** What Adjutant does to it then, as it does all day long. */
const writes: Record<string, (table: string, row: Row) => Promise<unknown>> = {
  'writes it': (table, row) => {
    const column = valueColumn(table);
    const set = `update "${table}" set "${column.name}" = ? where rowid = ?`;
    return write(set, other(column), row['_rowid'] ?? null);
  },
  'removes it': (table, row) =>
    write(`delete from "${table}" where rowid = ?`, row['_rowid'] ?? null),
  'replaces it': (table, row) =>
    write(
      insertText(table).replace('insert', 'insert or replace'),
      ...columnsOf(table).map((column) => {
        const isKept = column.pk > 0 || column.name === 'workspace_id';
        return isKept ? (row[column.name] ?? null) : other(column);
      }),
    ),
};

beforeAll(async () => {
  const path = join(folder, 'store.db');
  store = await openStore(path);
  file = new Database(path, { timeout: 5_000 });
  const triggers = file.prepare("select name from sqlite_master where type = 'trigger'").all();
  for (const { name } of triggers as { name: string }[]) file.exec(`drop trigger "${name}"`);
});
afterAll(async () => {
  file.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.keys(sealedTables))('a row of %s', (table) => {
  const cases = Object.keys(edits).flatMap((edit) =>
    Object.keys(writes).map((wrote): [string, string] => [edit, wrote]),
  );

  it.each(cases)('is still told of where somebody %s and Adjutant %s', async (edit, wrote) => {
    const row = await addRow(table);
    const before = await found();
    await edits[edit]?.(table, row);
    await writes[wrote]?.(table, row);
    expect(await found()).toBeGreaterThan(before);
  });

  it.each(Object.keys(writes))('tells of nothing where only Adjutant %s', async (wrote) => {
    const row = await addRow(table);
    const before = await found();
    await writes['writes it']?.(table, row);
    await writes[wrote]?.(table, row);
    expect(await found()).toBe(before);
  });

  it('is still told of where somebody put it in and Adjutant removes it', async () => {
    const before = await found();
    run(insertText(table), ...freshValues(table));
    const row = rowsOf(table).at(-1);
    await write(`delete from "${table}" where rowid = ?`, row?.['_rowid'] ?? null);
    expect(await found()).toBeGreaterThan(before);
  });

  it('is still told of where somebody took it out and Adjutant writes the same again', async () => {
    const row = await addRow(table);
    const before = await found();
    run(`delete from "${table}" where rowid = ?`, row['_rowid']);
    await write(insertText(table), ...columnsOf(table).map(({ name }) => row[name] ?? null));
    expect(await found()).toBeGreaterThan(before);
  });

  it('is another one where bytes, or more behind U+0000, stand in a text', async () => {
    const texts = columnsOf(table).filter(({ type, pk, name }) => {
      return type === 'text' && (pk > 0 || name === valueColumn(table).name);
    });
    const row = await addRow(table);
    const before = await found();
    for (const { name } of texts.filter((column) => column.name !== 'workspace_id')) {
      for (const value of [`"${name}" || char(0) || 'x'`, `cast("${name}" as blob)`]) {
        run(`update "${table}" set "${name}" = ${value} where rowid = ?`, row['_rowid']);
        expect([name, value, (await found()) > before]).toEqual([name, value, true]);
        run(`update "${table}" set "${name}" = ? where rowid = ?`, row[name], row['_rowid']);
        expect(await found()).toBe(before);
      }
    }
  });
});
