import type { SQL } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import type { SqlSession, SqlValue } from './sql-client.ts';

const dialect = new SQLiteAsyncDialect({ casing: 'snake_case' });
const parametersSchema = z.array(z.union([z.string(), z.number(), z.null()]));

/** Returns a raw query's text and what its parameters are. */
export function toText(query: SQL): { sql: string; params: unknown[] } {
  return dialect.sqlToQuery(query);
}

/** Returns the rows of a raw query as arrays. */
export async function queryTuples<Tuple extends readonly SqlValue[]>(
  { session }: { session: SqlSession },
  query: SQL,
): Promise<Tuple[]> {
  const { sql, params } = toText(query);
  const { rows } = await session.execute(sql, parametersSchema.parse(params));
  // The caller wrote the query and names the tuple that its columns make.
  return rows as unknown as Tuple[];
}

/** Runs a raw statement and returns how many rows it changed. */
export async function runStatement(
  { session }: { session: SqlSession },
  statement: SQL,
): Promise<number> {
  const { sql, params } = toText(statement);
  const { changes } = await session.execute(sql, parametersSchema.parse(params));
  return changes;
}
