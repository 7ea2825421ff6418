import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { openLocalClient } from './local-client.ts';
import { queryTuples } from './raw-query.ts';
import type { SqlSession } from './sql-client.ts';

/** A table, index, view or trigger, as it was made. */
export type SchemaObject = [type: string, name: string, text: string];

/**
 * What SQLite keeps for itself. By its name alone nothing else is left out: whoever writes the schema
 * past SQLite may call a trigger so, and it acts.
 */
export const ofSqlite = sql`(type = 'table' and (name = 'sqlite_sequence' or name glob 'sqlite_stat[1-4]'))`;

/** Returns what a database is made of, without what SQLite makes for itself. */
export function readSchema(session: SqlSession): Promise<SchemaObject[]> {
  return queryTuples<SchemaObject>(
    { session },
    sql`select type, name, sql from main.sqlite_master
      where sql is not null and not ${ofSqlite} order by type, name`,
  );
}

/** Returns the schema that statements make, in a database where nobody else writes. */
export async function makeSchema(statements: readonly string[]): Promise<SchemaObject[]> {
  const client = await openLocalClient(':memory:');
  try {
    for (const statement of statements) await client.execute(statement, []);
    return await readSchema(client);
  } finally {
    await client.close();
  }
}

/** Returns the digest of a schema. */
export function digestOf(objects: readonly SchemaObject[]): string {
  return createHash('sha256').update(JSON.stringify(objects)).digest('hex');
}
