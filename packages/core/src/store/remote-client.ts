import type { Client, InValue, ResultSet, Row, Transaction } from '@libsql/client/http';
import { AdjutantError } from '../errors.ts';
import type { SqlClient, SqlResult, SqlTransaction, SqlValue } from './sql-client.ts';

/** A store behind a URL, through the client of the owner's card. Untried until a server has answered it. */
export async function openRemoteClient(
  url: string,
  authToken: string | undefined,
): Promise<SqlClient> {
  const { createClient } = await import('@libsql/client/http');
  const client = createClient({
    url: url.replace(/^libsql:/, 'https:'),
    ...(authToken === undefined ? {} : { authToken }),
    fetch: fetchAt(new URL(url.replace(/^libsql:/, 'https:')).origin),
  });
  return {
    execute: (text, parameters) => executeOn(client, text, parameters),
    begin: async () => asTransaction(await client.transaction('write')),
    close: () => client.close(),
  };
}

/**
 * A server may name another address for what follows, by a redirect or in its answer. The rows and the
 * token go to the one that a person trusted, and to no other.
 */
function fetchAt(origin: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, { ...init, redirect: 'manual' });
    const response = new URL(request.url).origin === origin ? await fetch(request) : null;
    if (response !== null && (response.status < 300 || response.status > 399)) return response;
    await response?.body?.cancel();
    throw new AdjutantError(
      'Configuration',
      `The store at ${new URL(origin).host} points to another address; that was not asked, and got nothing.`,
      { hint: 'If it has moved, name its new address with "store".' },
    );
  };
}

function asTransaction(transaction: Transaction): SqlTransaction {
  return {
    execute: (text, parameters) => executeOn(transaction, text, parameters),
    commit: () => transaction.commit(),
    rollback: () => transaction.rollback(),
  };
}

async function executeOn(
  session: Pick<Client | Transaction, 'execute'>,
  sql: string,
  parameters: readonly SqlValue[],
): Promise<SqlResult> {
  const args: InValue[] = [...parameters];
  const { rows, columns, rowsAffected }: ResultSet = await session.execute({ sql, args });
  return { rows: rows.map((row) => toArray(row, columns.length)), changes: rowsAffected };
}

/** The client's rows are objects with numbered properties that cannot be iterated. */
function toArray(row: Row, length: number): SqlValue[] {
  return Array.from({ length }, (_, position) => {
    const value = row[position];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  });
}
