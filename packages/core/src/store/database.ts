import type { Client } from '@libsql/client';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import type { StoreLocation } from './store-url.ts';

/** The query builder over one connection, or over one transaction on it. */
export type Database = Pick<
  LibSQLDatabase,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'
> & {
  /** Only for the store's own raw-SQL modules. */
  readonly raw: LibSQLDatabase;
};

/** Longest native wait for a lock. It blocks the event loop, so the real waiting is done outside. */
const nativeTimeoutMs = 5;

/** A client and the query builder over it. */
export interface OpenedClient {
  client: Client;
  database: LibSQLDatabase;
}

const drizzleConfig = { casing: 'snake_case' } as const;

/**
 * Opens a client with one connection, so that PRAGMAs set on it hold for every statement. The native
 * driver is loaded here and not with the module: a server must answer before any store is opened.
 */
export async function openClient(
  location: Exclude<StoreLocation, { kind: 'memory' }>,
  authToken: string | undefined,
): Promise<OpenedClient> {
  if (location.kind === 'remote') {
    const { createClient } = await import('@libsql/client/http');
    const { drizzle } = await import('drizzle-orm/libsql/http');
    const client = createClient({
      url: location.url.replace(/^libsql:/, 'https:'),
      ...(authToken === undefined ? {} : { authToken }),
    });
    return { client, database: drizzle(client, drizzleConfig) };
  }
  const { createClient } = await import('@libsql/client/sqlite3');
  const { drizzle } = await import('drizzle-orm/libsql/sqlite3');
  const client = createClient({
    url: `file:${encodeURI(location.path).replaceAll('?', '%3F').replaceAll('#', '%23')}`,
    concurrency: 1,
    timeout: nativeTimeoutMs,
  });
  return { client, database: drizzle(client, drizzleConfig) };
}

/** Returns the database's narrow face. */
export function asDatabase(raw: LibSQLDatabase): Database {
  return {
    raw,
    select: raw.select.bind(raw),
    selectDistinct: raw.selectDistinct.bind(raw),
    insert: raw.insert.bind(raw),
    update: raw.update.bind(raw),
    delete: raw.delete.bind(raw),
  };
}
