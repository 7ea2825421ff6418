import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStatement } from '../store/raw-query.ts';
import { sealedTables, unsealedTables } from '../store/sealed-tables.ts';
import { type ActionBench, benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { ledgerFindings } from './check-ledger-kinds.ts';
import { checkSeals } from './check-seals.ts';
import { createFindings, type LedgerFinding } from './finding.ts';
import { verifyLedger } from './verify-ledger.ts';

interface Column {
  name: string;
  type: string;
  notnull: number;
  pk: number;
}
type Row = Record<string, string | number | null>;

const folder = mkdtempSync(join(tmpdir(), 'adjutant-columns-'));
const path = join(folder, 'store.db');
let bench: ActionBench;
let file: Database.Database;

const columnsOf = (table: string): Column[] =>
  file
    .prepare(`select name, lower(type) as type, "notnull", pk from pragma_table_info('${table}')`)
    .all() as Column[];
const rowsOf = (table: string): Row[] =>
  file.prepare(`select rowid as "_rowid", * from "${table}" order by rowid`).all() as Row[];
const run = (text: string, ...values: unknown[]): void => {
  file.prepare(text).run(values);
};

async function found(): Promise<LedgerFinding[]> {
  const findings = createFindings();
  await checkSeals(bench.store.read, benchWorkspaceId, [], findings);
  return findings.list;
}

/** Actions on every way that they can go, by the engine itself. */
async function liveThrough(): Promise<void> {
  const propose = (key: string, text = key) =>
    bench.agent().propose({
      type: 'test.write',
      payload: { text },
      idempotencyKey: key,
      rationale: 'because',
    });
  const executed = await propose('executed');
  const declined = await propose('declined');
  const withdrawn = await propose('withdrawn');
  const edited = await propose('edited');
  await bench.settle();
  await bench.decide('sponsor', await bench.agent().get(executed.id));
  await bench.decide('sponsor', await bench.agent().get(declined.id), 'decline');
  await bench.agent().withdraw(withdrawn.id);
  const pending = await bench.agent().get(edited.id);
  await bench.person('editor').modify({
    actionId: edited.id,
    revision: pending.revision,
    payload: { text: 'other words' },
    reason: 'better so',
  });
  await propose('expired');
  await bench.settle();
  bench.clock.advance(40 * 86_400_000);
  await bench.settle();
}

/** Two rows in each table, through the store, so that no table is left out for want of a scene. */
async function fillEach(): Promise<void> {
  await bench.store.transaction(async (transaction) => {
    for (const table of Object.keys(sealedTables)) {
      for (const turn of [1, 2]) {
        const columns = columnsOf(table);
        const values = columns.map(({ name, type }) => {
          if (name === 'workspace_id') return sql`${benchWorkspaceId}`;
          return type === 'text'
            ? sql`${`"${name} ${turn}"`}`
            : sql`${turn * 100 + columns.length}`;
        });
        const names = columns.map(({ name }) => `"${name}"`).join(', ');
        await runStatement(
          transaction,
          sql`insert into ${sql.raw(`"${table}" (${names})`)} values (${sql.join(values, sql`, `)})`,
        );
      }
    }
  });
}

function dropTriggers(): void {
  const triggers = file.prepare("select name from sqlite_master where type = 'trigger'").all();
  for (const { name } of triggers as { name: string }[]) file.exec(`drop trigger "${name}"`);
}

beforeAll(async () => {
  const target = createTestTarget();
  bench = await openActionBench({
    definitions: [createTestAction({ target })],
    policy: () => ({ mode: 'ask' }),
    url: path,
  });
  await liveThrough();
  file = new Database(path, { timeout: 5_000 });
});
afterAll(async () => {
  file.close();
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

it('has every table of a store either sealed or named with a reason, and no other', () => {
  const tables = file.prepare("select name from sqlite_master where type = 'table'").all();
  const names = (tables as { name: string }[]).map(({ name }) => name);
  const own = names.filter((name) => !name.startsWith('sqlite_')).toSorted();
  expect(Object.keys({ ...sealedTables, ...unsealedTables }).toSorted()).toEqual(own);
  expect(Object.keys(sealedTables).filter((name) => name in unsealedTables)).toEqual([]);
});

it('names as exceptions only columns that there are, each with a reason', () => {
  for (const [table, exceptions] of Object.entries(sealedTables)) {
    const names = columnsOf(table).map(({ name }) => name);
    for (const [name, reason] of Object.entries(exceptions)) {
      expect(names).toContain(name);
      expect(reason.split(' ').length).toBeGreaterThan(5);
    }
  }
});

it('finds nothing in what the engine wrote by itself, and each word of an executed action that was edited', async () => {
  const before = await verifyLedger(bench.store, benchWorkspaceId);
  const about = (list: readonly LedgerFinding[]) =>
    list.filter(({ code }) => code === 'row_differs' || code === 'seals_differ');
  expect(about(before.findings)).toEqual([]);
  expect(before.rows?.fromBefore).toBe(0);
  const action = rowsOf('actions').find(({ status }) => status === 'executed');
  const own = `action_id = '${String(action?.['id'])}'`;
  dropTriggers();
  run(
    `update action_revisions set payload = replace(payload, 'executed', 'exfiltrate') where ${own}`,
  );
  const messages = about((await verifyLedger(bench.store, benchWorkspaceId)).findings);
  run(
    `update action_revisions set payload = replace(payload, 'exfiltrate', 'executed') where ${own}`,
  );
  // By its hash and by its seal.
  expect(messages).toHaveLength(2);
  expect(about((await verifyLedger(bench.store, benchWorkspaceId)).findings)).toEqual([]);
});

describe('an edit past Adjutant', () => {
  beforeAll(async () => {
    await fillEach();
    dropTriggers();
    const [first] = await found();
    if (first !== undefined) throw new Error(first.message);
  });

  it.each(Object.keys(sealedTables))('is found in every column of %s', async (table) => {
    const missed: string[] = [];
    const rows = rowsOf(table);
    // The engine's own rows where it wrote some, and always the last two.
    for (const row of [...rows.slice(0, 2), ...rows.slice(-2)]) {
      for (const column of columnsOf(table)) {
        for (const value of otherValues(column, row, rows)) {
          const edit = `update "${table}" set "${column.name}" = ? where rowid = ?`;
          if (!isTaken(edit, value, row['_rowid'] ?? null)) continue;
          const isExcepted = column.name in (sealedTables[table] ?? {});
          if ((await found()).length === 0 && !isExcepted) missed.push(`${column.name} = ${value}`);
          run(edit, row[column.name], row['_rowid']);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(await found()).toEqual([]);
  });

  it.each(Object.keys(sealedTables))(
    'is found where a row of %s was put in or taken out',
    async (table) => {
      const row = rowsOf(table).at(-1);
      const columns = columnsOf(table).map(({ name }) => name);
      const list = columns.map((name) => `"${name}"`).join(', ');
      const insert = `insert into "${table}" (${list}) values (${columns.map(() => '?').join(', ')})`;
      const copy = columnsOf(table).map(({ name, type }) => {
        if (name === 'workspace_id') return benchWorkspaceId;
        return type === 'text' ? `${String(row?.[name])} copied` : Number(row?.[name]) + 7;
      });
      run(insert, ...copy);
      expect((await found()).map(({ code }) => code)).toEqual(['row_without_entry']);
      run(`delete from "${table}" where rowid = (select max(rowid) from "${table}")`);
      run(`delete from "${table}" where rowid = ?`, row?.['_rowid']);
      expect((await found()).map(({ code }) => code)).toEqual(['entry_without_row']);
      run(insert, ...columns.map((name) => row?.[name] ?? null));
      expect(await found()).toEqual([]);
    },
  );

  it.each(Object.keys(sealedTables))(
    'is found in %s wherever the row was put that was edited or added',
    async (table) => {
      const row = rowsOf(table).at(-1);
      const { name } = columnsOf(table).find(
        (column) =>
          column.type === 'text' &&
          column.pk === 0 &&
          column.name !== 'workspace_id' &&
          !(column.name in (sealedTables[table] ?? {})),
      ) ?? {
        name:
          columnsOf(table).findLast((column) => !(column.name in (sealedTables[table] ?? {})))
            ?.name ?? '',
      };
      const list = columnsOf(table)
        .map((column) => `"${column.name}"`)
        .join(', ');
      const copies = columnsOf(table).map(({ name: column, type }) =>
        column === 'workspace_id'
          ? `"${column}"`
          : type === 'text'
            ? `"${column}" || ' copied'`
            : `"${column}" + 7`,
      );
      const missed: string[] = [];
      for (const place of oddPlaces) {
        run(
          `update "${table}" set rowid = ${place}, "${name}" = ? where rowid = ?`,
          'edited',
          row?.['_rowid'],
        );
        const codes = (await found()).map(({ code }) => code);
        if (codes.join() !== 'row_differs') missed.push(`edited at ${place}: ${codes.join()}`);
        run(
          `update "${table}" set rowid = ?, "${name}" = ? where rowid = ${place}`,
          row?.['_rowid'],
          row?.[name],
        );
        run(
          `insert into "${table}" (rowid, ${list}) select ${place}, ${copies.join(', ')} from "${table}" where rowid = ?`,
          row?.['_rowid'],
        );
        const added = (await found()).map(({ code }) => code);
        if (added.join() !== 'row_without_entry') missed.push(`added at ${place}: ${added.join()}`);
        run(`delete from "${table}" where rowid = ${place}`);
      }
      expect(missed).toEqual([]);
      expect(await found()).toEqual([]);
    },
  );

  it.each(Object.keys(ledgerFindings))(
    'is found in every column of %s, where bytes or U+0000 were put',
    async (table) => {
      const count = async () => (await verifyLedger(bench.store, benchWorkspaceId)).findingCount;
      const before = await count();
      const missed: string[] = [];
      const rows = rowsOf(table).slice(0, 2);
      for (const row of rows) {
        for (const { name, type } of columnsOf(table)) {
          const forms = [
            `cast("${name}" as blob)`,
            `"${name}" || char(0)`,
            `"${name}" || char(0) || 'x'`,
          ];
          for (const form of forms) {
            if (row[name] === null || name === 'workspace_id') continue;
            file.exec(`update "${table}" set "${name}" = ${form} where rowid = ${row['_rowid']}`);
            if ((await count()) <= before) missed.push(`${name} (${type}) = ${form}`);
            run(`update "${table}" set "${name}" = ? where rowid = ?`, row[name], row['_rowid']);
          }
        }
      }
      expect(await count()).toBe(before);
      expect(missed).toEqual([]);
    },
  );

  it('is found where two rows changed their values, and where all earlier seals were put back', async () => {
    const [one, other] = rowsOf('people').slice(-2);
    const set = 'update people set display_name = ? where id = ?';
    run(set, other?.['display_name'], one?.['id']);
    run(set, one?.['display_name'], other?.['id']);
    expect(await found()).toHaveLength(2);
    run(set, one?.['display_name'], one?.['id']);
    run(set, other?.['display_name'], other?.['id']);
    const salts = rowsOf('row_seals').filter((seal) => seal['table_name'] === 'people');
    await bench.store.transaction(async (transaction) => {
      await runStatement(
        transaction,
        sql`update people set role = 'member' where id = ${one?.['id'] ?? ''}`,
      );
    });
    run('update people set role = ? where id = ?', one?.['role'], one?.['id']);
    for (const { id, salt } of salts) run('update row_seals set salt = ? where id = ?', salt, id);
    expect((await found()).map(({ code }) => code)).toEqual(['row_differs']);
  });
});

/** Where SQLite lets a row stand, and a number of JavaScript does not follow. */
const oddPlaces = ['-9223372036854775808', '-1', '0', '9007199254740993', '9223372036854775807'];

function otherValues(
  { name, type }: Column,
  row: Row,
  rows: readonly Row[],
): (string | number | null)[] {
  const value = row[name] ?? null;
  const neighbour = rows.find((one) => (one[name] ?? null) !== value)?.[name];
  const changed = type === 'text' ? `${value ?? ''}x` : Number(value) + 1;
  const all = [changed, null, ...(neighbour === undefined ? [] : [neighbour])];
  return all.filter((one) => one !== value);
}

/** What the schema itself refuses is no edit. */
function isTaken(
  edit: string,
  value: string | number | null,
  rowid: string | number | null,
): boolean {
  try {
    run(edit, value, rowid);
    return true;
  } catch {
    return false;
  }
}
