import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { outsideName } from '../outside-name.ts';
import { asDatabase, type Database } from './database.ts';
import { openLocalClient } from './local-client.ts';
import { migrations } from './migrations.ts';
import { queryTuples } from './raw-query.ts';

interface SchemaObject {
  type: string;
  name: string;
  table: string;
  text: string | null;
}

/**
 * Refuses a database that is not what the migrations make. A file that somebody else made can hold
 * triggers, which act on whatever is written here, views in the place of tables, or indexes that hide
 * rows; so none of it is looked at as a store's rows before. What stands beside our tables and does
 * nothing, as tools for replication leave it, may stay.
 * @throws AdjutantError `Configuration`, `StoreCorrupt` where pages or indexes contradict each other
 */
export async function requireOwnSchema(database: Database): Promise<void> {
  expected ??= expectedObjects();
  const found = await objectsIn(database);
  const foreign = foreignIn(found, await expected);
  if (foreign !== null) {
    throw new AdjutantError(
      'Configuration',
      `The store came from elsewhere, and its ${foreign.type} ${outsideName(foreign.name)} is not one that Adjutant makes, so nothing of it is used.`,
      { hint: 'Have whoever made it export it, and import that into a new store.' },
    );
  }
  const pages = await queryTuples<[string]>(database, sql`pragma integrity_check(1)`);
  if (pages[0]?.[0] === 'ok') return;
  throw new AdjutantError('StoreCorrupt', 'The store came from elsewhere, and is damaged.', {
    hint: 'Have whoever made it export it, and import that into a new store.',
  });
}

/** The same for every store that this program opens. */
let expected: Promise<ReadonlyMap<string, SchemaObject>> | null = null;

/** Returns the first object that is missing, another one, or able to act. */
function foreignIn(
  found: readonly SchemaObject[],
  own: ReadonlyMap<string, SchemaObject>,
): SchemaObject | null {
  const names = new Set(found.map(({ name }) => name));
  const missing = [...own.values()].find(({ name }) => !names.has(name));
  const other = found.find((each) => {
    const meant = own.get(each.name);
    if (meant !== undefined) {
      return meant.type !== each.type || meant.table !== each.table || meant.text !== each.text;
    }
    return each.type === 'trigger' || isUnique(each);
  });
  return other ?? missing ?? null;
}

/** What another column may not hold twice is left out silently where a row is written only if it is new. */
function isUnique({ text }: SchemaObject): boolean {
  return /^create\s+unique\b/i.test(text ?? '');
}

/** What SQLite keeps for itself has names that nobody else may give. */
async function objectsIn(database: Database): Promise<SchemaObject[]> {
  const rows = await queryTuples<[string, string, string, string | null]>(
    database,
    sql`select type, name, tbl_name, sql from sqlite_master where name not glob 'sqlite_*'`,
  );
  return rows.map(([type, name, table, text]) => ({ type, name, table, text }));
}

/** The migrations say it themselves: run once, in memory, it takes about as long as a start. */
async function expectedObjects(): Promise<Map<string, SchemaObject>> {
  const client = await openLocalClient(':memory:');
  try {
    for (const { statements } of migrations) {
      for (const statement of statements) await client.execute(statement, []);
    }
    const objects = await objectsIn(asDatabase(client));
    return new Map(objects.map((each) => [each.name, each]));
  } finally {
    await client.close();
  }
}
