import type { Placeholder, SQL } from 'drizzle-orm';
import type { Database } from './database.ts';

/** A value, or the place where a prepared query takes one. */
export type Bindable = string | Placeholder;

interface Query {
  columns: Record<string, SQL>;
  from: SQL;
}

type Prepared = ReturnType<typeof prepare>;
const prepared = new WeakMap<Database, Map<string, Prepared>>();

function prepare(database: Database, { columns, from }: Query) {
  return database.select(columns).from(from).prepare();
}

/**
 * Runs a query whose text is made only once per database and shape: for a wide read, making the
 * text costs more than running it. Whatever differs between calls of one shape is a placeholder.
 */
export async function queryPrepared(
  database: Database,
  shape: string,
  build: () => Query,
  values: Record<string, unknown>,
): Promise<Record<string, unknown>[]> {
  const known = prepared.get(database) ?? new Map<string, Prepared>();
  prepared.set(database, known);
  let query = known.get(shape);
  if (query === undefined) {
    query = prepare(database, build());
    known.set(shape, query);
  }
  return query.execute(values);
}
