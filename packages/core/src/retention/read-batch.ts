import { hash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { archivedTable, rowLines, type TableRows } from '../archive/archive-rows.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { amongPlaces, rowPlace } from '../store/row-place.ts';
import type { SqlValue } from '../store/sql-client.ts';
import type { Tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { RetentionGroup } from './retention-classes.ts';

/** What one transaction deletes, and one archive holds. */
const mostRows = 2_000;
const mostCharacters = 16_000_000;
const rowsPerRead = 100;

/** Outdated rows with what goes with them. */
export interface Batch {
  /** Places of rows by table, children first: what is deleted first. */
  rowIds: { table: string; ids: string[] }[];
  /** In the same order. */
  tables: TableRows[];
  from: number;
  to: number;
  /** Over all of it: the same rows have the same one. */
  digest: string;
}

/** Returns the next rows that may go; null where there are none. */
export async function readBatch(
  database: Database,
  group: RetentionGroup,
  outdated: SQL,
): Promise<Batch | null> {
  const table = sql.raw(archivedTable(group.table).table);
  const parents = await queryTuples<[string, number]>(
    database,
    sql`select ${rowPlace()}, ${group.age} from ${table} where ${outdated} order by rowid limit ${mostRows}`,
  );
  if (parents.length === 0) return null;
  const read = await readByRowId(
    database,
    group.table,
    parents.map(([id]) => id),
  );
  const went = parents.slice(0, read.rows.length);
  const own = went.map(([id]) => id);
  const ages = went.map(([, age]) => age);
  const parts: { table: string; ids: string[]; rows: TableRows }[] = [];
  for (const child of group.children) {
    const ids = await childIds(database, group, child, own, outdated);
    const rows = await readByRowId(database, child.table, ids, Number.POSITIVE_INFINITY);
    parts.push({ table: rows.table, ids, rows });
  }
  parts.push({ table: read.table, ids: own, rows: read });
  return {
    rowIds: parts.map(({ table: name, ids }) => ({ table: name, ids })),
    tables: parts.map(({ rows }) => rows),
    from: Math.min(...ages),
    to: Math.max(...ages),
    digest: digestOf(parts.map(({ rows }) => rows)),
  };
}

async function childIds(
  database: Database,
  group: RetentionGroup,
  child: RetentionGroup['children'][number],
  parentIds: readonly string[],
  outdated: SQL,
): Promise<string[]> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select ${rowPlace()} from ${sql.raw(archivedTable(child.table).table)}
      where (workspace_id, ${sql.raw(child.column)}) in (
        select workspace_id, ${sql.raw(child.parentColumn)}
        from ${sql.raw(archivedTable(group.table).table)}
        where ${amongPlaces(parentIds)})
      and ${child.alone?.(outdated) ?? sql`true`} order by rowid`,
  );
  return rows.map(([id]) => id);
}

/** Reads rows in the order of their ids, until there are many characters. */
async function readByRowId(
  database: Database,
  name: keyof Tables,
  ids: readonly string[],
  most = mostCharacters,
): Promise<TableRows> {
  const { table, columns } = archivedTable(name);
  const rows = await readRows(database, { table, columns }, ids, most);
  return { table, columns, rows };
}

async function readRows(
  database: Database,
  { table, columns }: Pick<TableRows, 'table' | 'columns'>,
  ids: readonly string[],
  most: number,
): Promise<SqlValue[][]> {
  const list = sql.raw(columns.map((column) => `"${column}"`).join(', '));
  const rows: SqlValue[][] = [];
  let characters = 0;
  for (let start = 0; start < ids.length && characters < most; start += rowsPerRead) {
    const some = amongPlaces(ids.slice(start, start + rowsPerRead));
    const found = await queryTuples<SqlValue[]>(
      database,
      sql`select ${list} from ${sql.raw(table)}
        where ${some} order by rowid`,
    );
    for (const row of found) {
      rows.push(row);
      for (const value of row) characters += typeof value === 'string' ? value.length : 8;
    }
    await yieldToEventLoop();
  }
  return rows;
}

/** Whether the rows of a batch are still what they were when it was read, asked where they are to be deleted. */
export async function isUnchanged(
  transaction: Database,
  group: RetentionGroup,
  outdated: SQL,
  batch: Batch,
): Promise<boolean> {
  const parts: TableRows[] = [];
  for (const [place, { ids }] of batch.rowIds.entries()) {
    const { table = '', columns = [] } = batch.tables[place] ?? {};
    const rows = await readRows(transaction, { table, columns }, ids, Number.POSITIVE_INFINITY);
    parts.push({ table, columns, rows });
  }
  if (digestOf(parts) !== batch.digest) return false;
  const own = batch.rowIds.at(-1)?.ids ?? [];
  // Something may have made them younger, or have come that goes with them.
  const [still] = await queryTuples<[number]>(
    transaction,
    sql`select count(*) from ${sql.raw(archivedTable(group.table).table)}
      where ${amongPlaces(own)} and ${outdated}`,
  );
  if (still?.[0] !== own.length) return false;
  for (const [place, child] of group.children.entries()) {
    const ids = await childIds(transaction, group, child, own, outdated);
    if (ids.length !== batch.rowIds[place]?.ids.length) return false;
  }
  return true;
}

function digestOf(parts: readonly TableRows[]): string {
  return hash(
    'sha256',
    parts.map(({ table, rows }) => `${table}\n${rowLines(rows)}`).join(''),
    'hex',
  );
}
