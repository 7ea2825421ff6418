import type { SQL } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';

type SqlValue = string | number | null;

/** Returns the rows of a raw query as arrays. The driver's own row objects cannot be iterated. */
export async function queryTuples<Tuple extends readonly SqlValue[]>(
  database: { raw: Pick<LibSQLDatabase, 'values'> },
  query: SQL,
): Promise<Tuple[]> {
  const rows = await database.raw.values<SqlValue[]>(query);
  return rows.map((row) => Array.from(row) as unknown as Tuple);
}

/** Runs a raw statement that returns no rows. */
export async function runStatement(
  database: { raw: Pick<LibSQLDatabase, 'run'> },
  statement: SQL,
): Promise<void> {
  await database.raw.run(statement);
}
