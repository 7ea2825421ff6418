import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import type { SqlClient, SqlSession } from './sql-client.ts';
import type { StoreLocation } from './store-url.ts';

/** The query builder over one connection, or over one transaction on it. */
export type Database = Pick<
  SqliteRemoteDatabase,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'
> & {
  /** Only for the store's own raw-SQL modules. */
  readonly session: SqlSession;
};

/** Opens one connection, so that PRAGMAs set on it hold for every statement; a file's in a thread where told. */
export async function openClient(
  location: Exclude<StoreLocation, { kind: 'memory' }>,
  authToken: string | undefined,
  inThread: boolean,
): Promise<SqlClient> {
  if (location.kind === 'remote') {
    const { openRemoteClient } = await import('./remote-client.ts');
    return openRemoteClient(location.url, authToken);
  }
  if (inThread) {
    const { openThreadClient } = await import('./thread-client.ts');
    return openThreadClient(location.path);
  }
  const { openLocalClient } = await import('./local-client.ts');
  return openLocalClient(location.path);
}

/**
 * The builder wraps every failure in one that names the text of the query and what it was asked with.
 * Nobody may be told that, and what the store makes of an error would be hidden in it.
 */
function handErrorsOn(builder: object): void {
  const session: unknown = Reflect.get(builder, 'session');
  if (typeof session !== 'object' || session === null) return;
  const prepare: unknown = Reflect.get(session, 'prepareQuery');
  if (typeof prepare !== 'function') return;
  Reflect.set(session, 'prepareQuery', (...given: unknown[]): unknown => {
    const prepared: unknown = Reflect.apply(prepare, session, given);
    if (typeof prepared === 'object' && prepared !== null) {
      Reflect.set(prepared, 'queryWithCache', runAsIs);
    }
    return prepared;
  });
}

function runAsIs(
  _text: string,
  _parameters: unknown,
  run: () => Promise<unknown>,
): Promise<unknown> {
  return run();
}

const databases = new WeakMap<SqlSession, Database>();

/** Returns the query builder over a session; the same one each time, so that prepared queries stay. */
export function asDatabase(session: SqlSession): Database {
  const known = databases.get(session);
  if (known !== undefined) return known;
  const builder = drizzle(
    async (text, parameters, method) => {
      const { rows } = await session.execute(text, parameters);
      // For one row the builder wants the row itself, and nothing where there is none.
      return { rows: method === 'get' ? (rows[0] as unknown[]) : rows };
    },
    // The driver reads `casing` from its third parameter only.
    undefined,
    { casing: 'snake_case' },
  );
  handErrorsOn(builder);
  const database: Database = {
    session,
    select: builder.select.bind(builder),
    selectDistinct: builder.selectDistinct.bind(builder),
    insert: builder.insert.bind(builder),
    update: builder.update.bind(builder),
    delete: builder.delete.bind(builder),
  };
  databases.set(session, database);
  return database;
}
