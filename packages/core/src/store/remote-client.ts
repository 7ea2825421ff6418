import type { Client, InValue, ResultSet, Row, Transaction } from '@libsql/client/http';
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
  });
  return {
    execute: (text, parameters) => executeOn(client, text, parameters),
    begin: async () => asTransaction(await client.transaction('write')),
    close: () => client.close(),
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
