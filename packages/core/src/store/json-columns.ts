import { queryTuples } from './raw-query.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './database.ts';

export type ColumnValue = string | number | null;

/** One look at each value: a schema of its own for each would cost more than reading them. */
const columnSchema = z.custom<ColumnValue[]>(
  (column) => Array.isArray(column) && column.every(isColumnValue),
);

function isColumnValue(value: unknown): value is ColumnValue {
  return typeof value === 'string' || typeof value === 'number' || value === null;
}

/**
 * Returns a query's result by column, each column read as one JSON value: materialising rows costs
 * more than SQLite's own work (docs/decisions/0002). `inner` must name its columns as `names` do.
 */
export async function readColumns(
  database: Database,
  names: readonly string[],
  inner: SQL,
): Promise<ColumnValue[][]> {
  const arrays = sql.raw(names.map((name) => `json_group_array("${name}")`).join(', '));
  const [row] = await queryTuples<string[]>(database, sql`select ${arrays} from (${inner})`);
  return names.map((_, position) => columnSchema.parse(JSON.parse(row?.[position] ?? '[]')));
}

/** Returns a query's rows as objects, checked by a schema. */
export async function readRows<Row>(
  database: Database,
  rowSchema: z.ZodType<Row>,
  names: readonly string[],
  inner: SQL,
): Promise<Row[]> {
  const columns = await readColumns(database, names, inner);
  const length = columns[0]?.length ?? 0;
  const rows: Row[] = [];
  for (let position = 0; position < length; position += 1) {
    const row: Record<string, ColumnValue> = {};
    for (const [index, name] of names.entries()) row[name] = columns[index]?.[position] ?? null;
    rows.push(rowSchema.parse(row));
  }
  return rows;
}
