import { queryTuples, runStatement } from './raw-query.ts';
import { getTableColumns, getTableName, type SQL, sql, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { Database } from './database.ts';
import { createIdentifier } from './identifier.ts';

/**
 * Rows go in as one JSON value per batch: binding every field costs more than SQLite's own work
 * (docs/decisions/0002). This module and `json-columns.ts` hold the SQL that differs by dialect.
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

interface PreparedTarget {
  properties: readonly string[];
  hasId: boolean;
  insert: SQL;
  conflict: SQL;
}

const prepared = new WeakMap<Table, PreparedTarget>();

/**
 * Inserts rows, or updates those whose key is there and whose content differs, and returns how many
 * rows changed. Equal rows are left alone, so that a second delivery changes nothing.
 */
export async function upsertRows(
  database: Database,
  target: BulkTarget,
  workspaceId: string,
  rows: readonly object[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const { properties, hasId, insert, conflict } = prepare(target);
  const values = JSON.stringify(rows.map((row) => toValues(row, properties, hasId)));
  await runStatement(
    database,
    sql`${insert} ${workspaceId}, ${readRow(properties, hasId)}
    from json_each(${values}) where true ${conflict}`,
  );
  const [changed] = await queryTuples<[number]>(database, sql`select changes()`);
  return changed?.[0] ?? 0;
}

function toValues(row: object, properties: readonly string[], hasId: boolean): unknown[] {
  const values: unknown[] = hasId ? [createIdentifier()] : [];
  const record = row as Readonly<Record<string, unknown>>;
  for (const property of properties) {
    const value = record[property];
    if (typeof value === 'string') values.push(withoutNul(value));
    else if (typeof value === 'object' && value !== null) values.push(JSON.stringify(value));
    else values.push(value ?? null);
  }
  return values;
}

/** Postgres has no U+0000 in text, so none is stored; the visible stand-in keeps the place. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}

function readRow(properties: readonly string[], hasId: boolean): SQL {
  const first = hasId ? 1 : 0;
  const fields = properties.map((_, position) => `value->>${position + first}`);
  return sql.raw(fields.join(', '));
}

function prepare(target: BulkTarget): PreparedTarget {
  const found = prepared.get(target.table);
  if (found !== undefined) return found;
  const columns = getTableColumns(target.table);
  const properties = Object.keys(columns).filter((name) => name !== 'id' && name !== 'workspaceId');
  const hasId = 'id' in columns;
  const quoted = (name: string): string => `"${toSnakeCase(name)}"`;
  const tableName = `"${getTableName(target.table)}"`;
  const inserted = [...(hasId ? ['id'] : []), 'workspaceId', ...properties].map(quoted).join(', ');
  const key = ['workspaceId', ...target.key].map(quoted).join(', ');
  const rest = properties.filter((name) => !target.key.includes(name));
  const valueOf = (name: string): string => target.merged?.[name] ?? `excluded.${quoted(name)}`;
  const set = rest.map((name) => `${quoted(name)} = ${valueOf(name)}`).join(', ');
  const differs = (target.compared ?? rest)
    .map((name) => `${tableName}.${quoted(name)} is distinct from ${valueOf(name)}`)
    .join(' or ');
  const update = rest.length === 0 ? 'do nothing' : `do update set ${set} where ${differs}`;
  const result: PreparedTarget = {
    properties,
    hasId,
    insert: sql.raw(`insert into ${tableName} (${inserted}) select ${hasId ? 'value->>0,' : ''}`),
    conflict: sql.raw(`on conflict (${key}) ${update}`),
  };
  prepared.set(target.table, result);
  return result;
}

/** Deletes the rows whose key columns match, and returns how many went. */
export async function deleteRows(
  database: Database,
  target: BulkTarget,
  workspaceId: string,
  keys: readonly object[],
): Promise<number> {
  if (keys.length === 0) return 0;
  const values = JSON.stringify(keys.map((row) => toValues(row, target.key, false)));
  const key = target.key.map((name) => `"${toSnakeCase(name)}"`).join(', ');
  const fields = target.key.map((_, position) => `value->>${position}`).join(', ');
  await runStatement(
    database,
    sql`delete from ${sql.raw(`"${getTableName(target.table)}"`)}
    where "workspace_id" = ${workspaceId}
      and (${sql.raw(key)}) in (select ${sql.raw(fields)} from json_each(${values}))`,
  );
  const [changed] = await queryTuples<[number]>(database, sql`select changes()`);
  return changed?.[0] ?? 0;
}
