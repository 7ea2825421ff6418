import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { allSettled } from './all-settled.ts';
import { createIdentifier } from './identifier.ts';
import type { SqlSession, SqlValue } from './sql-client.ts';
import { yieldToEventLoop } from './yield-to-event-loop.ts';

/**
 * Where a statement stays prepared (a local file), rows are bound one by one; where each run is a
 * round trip, a batch goes in as one JSON value (docs/decisions/0013). This module and
 * `json-columns.ts` hold the SQL that differs by dialect.
 */
export interface BulkTarget {
  table: Table;
  /** Property names of the natural key, without `workspaceId`. */
  key: readonly string[];
  /** What tells that a row differs; every column unless told. */
  compared?: readonly string[];
  /** SQL for a column's new value, where it is not simply the new row's. */
  merged?: Readonly<Record<string, string>>;
}

/** Rows after which timers and sockets get their turn. */
const rowsBetweenYields = 250;

interface PreparedTarget {
  properties: readonly string[];
  hasId: boolean;
  /** Upserts one row, its values bound. */
  upsertRow: string;
  /** Upserts many rows, read out of one JSON value. */
  upsertJson: string;
}

const prepared = new WeakMap<Table, PreparedTarget>();

/**
 * Inserts rows, or updates those whose key is there and whose content differs, and returns how many
 * rows changed. Equal rows are left alone, so that a second delivery changes nothing.
 */
export async function upsertRows(
  { session }: { session: SqlSession },
  target: BulkTarget,
  workspaceId: string,
  rows: readonly object[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const { properties, hasId, upsertRow, upsertJson } = prepare(target);
  const toRowValues = (row: object): SqlValue[] => toValues(row, workspaceId, properties, hasId);
  if (session.executeEach === undefined) {
    const values = rows.map(toRowValues);
    return (await session.execute(upsertJson, [JSON.stringify(values)])).changes;
  }
  const writes: Promise<number>[] = [];
  for (let start = 0; start < rows.length; start += rowsBetweenYields) {
    if (start > 0) await yieldToEventLoop();
    const values = rows.slice(start, start + rowsBetweenYields).map(toRowValues);
    // In a thread a part is written while the next is made.
    const write = session.executeEach(upsertRow, values);
    // Told at the end, with the others.
    write.catch(() => undefined);
    writes.push(write);
  }
  const changes = await allSettled(writes);
  return changes.reduce((sum, count) => sum + count, 0);
}

function toValues(
  row: object,
  workspaceId: string,
  properties: readonly string[],
  hasId: boolean,
): SqlValue[] {
  const values: SqlValue[] = hasId ? [createIdentifier(), workspaceId] : [workspaceId];
  const record = row as Readonly<Record<string, unknown>>;
  for (const property of properties) values.push(toValue(record[property]));
  return values;
}

function toValue(value: unknown): SqlValue {
  switch (typeof value) {
    case 'string':
      return withoutNul(value);
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'object':
      return value === null ? null : JSON.stringify(value);
    default:
      return null;
  }
}

/** Postgres has no U+0000 in text, so none is stored; the visible stand-in keeps the place. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}

const quote = (name: string): string => `"${name}"`;
const columnOf = (property: string): string => quote(toSnakeCase(property));

function prepare(target: BulkTarget): PreparedTarget {
  const found = prepared.get(target.table);
  if (found !== undefined) return found;
  const columns = getTableColumns(target.table);
  const properties = Object.keys(columns).filter((name) => name !== 'id' && name !== 'workspaceId');
  const hasId = 'id' in columns;
  const table = quote(getTableName(target.table));
  const inserted = [...(hasId ? ['id'] : []), 'workspaceId', ...properties];
  const key = ['workspaceId', ...target.key].map(columnOf).join(', ');
  const rest = properties.filter((name) => !target.key.includes(name));
  const valueOf = (name: string): string => target.merged?.[name] ?? `excluded.${columnOf(name)}`;
  const set = rest.map((name) => `${columnOf(name)} = ${valueOf(name)}`).join(', ');
  const differs = (target.compared ?? rest)
    .map((name) => `${table}.${columnOf(name)} is distinct from ${valueOf(name)}`)
    .join(' or ');
  const update = rest.length === 0 ? 'do nothing' : `do update set ${set} where ${differs}`;
  const insert = `insert into ${table} (${inserted.map(columnOf).join(', ')})`;
  const conflict = `on conflict (${key}) ${update}`;
  const marks = inserted.map(() => '?').join(', ');
  const fields = inserted.map((_, position) => `value->>${position}`).join(', ');
  const result: PreparedTarget = {
    properties,
    hasId,
    upsertRow: `${insert} values (${marks}) ${conflict}`,
    upsertJson: `${insert} select ${fields} from json_each(?) where true ${conflict}`,
  };
  prepared.set(target.table, result);
  return result;
}

/** Deletes the rows whose key columns match, and returns how many went. */
export async function deleteRows(
  { session }: { session: SqlSession },
  target: BulkTarget,
  workspaceId: string,
  keys: readonly object[],
): Promise<number> {
  if (keys.length === 0) return 0;
  const values = keys.map((row) => toValues(row, workspaceId, target.key, false));
  const columns = ['workspaceId', ...target.key].map(columnOf).join(', ');
  const fields = values[0]?.map((_, position) => `value->>${position}`).join(', ') ?? '';
  const { changes } = await session.execute(
    `delete from ${quote(getTableName(target.table))} where (${columns}) in (select ${fields} from json_each(?))`,
    [JSON.stringify(values)],
  );
  return changes;
}
