import type Libsql from 'libsql';
import { requireBindable } from './require-bindable.ts';
import { toStoreError } from './store-errors.ts';
import type { SqlClient, SqlResult, SqlTransaction, SqlValue } from './sql-client.ts';

/** Longest native wait for a lock. It blocks the event loop, so the real waiting is done outside. */
const nativeTimeoutMs = 5;

/** Statements kept per connection. Ours are far fewer; generated text must not pile up. */
const maxKeptStatements = 256;

/** Statements worth keeping; a PRAGMA or a schema change runs once. */
const repeated = /^\s*(?:select|insert|update|delete|with)\b/i;

interface KeptStatement {
  run(parameters: readonly SqlValue[]): { changes: number };
  all(parameters: readonly SqlValue[]): SqlValue[][];
  get(parameters: readonly SqlValue[]): SqlValue[] | undefined;
  returnsRows: boolean;
}

/**
 * One connection to a database file through libSQL's own driver. `@libsql/client` prepares every
 * statement anew and builds an object with defined properties for every row; this keeps statements
 * prepared from call to call and hands rows on as the arrays they are (docs/decisions/0013).
 */
class LocalClient implements SqlClient {
  readonly #database: Libsql.Database;
  readonly #place: string;
  readonly #kept = new Map<string, KeptStatement>();
  #hasBegun = false;
  /** Why SQLite has undone the transaction by itself, as a full disk makes it do. */
  #undoneBy: Error | null = null;

  constructor(database: Libsql.Database, place: string) {
    this.#database = database;
    this.#place = place;
  }

  async execute(text: string, parameters: readonly SqlValue[]): Promise<SqlResult> {
    requireBindable(parameters);
    return this.#inTransaction(text, (statement) =>
      statement.returnsRows
        ? { rows: statement.all(parameters), changes: 0 }
        : { rows: [], changes: statement.run(parameters).changes },
    );
  }

  /** One call of the driver, where a list of rows takes two: a quarter of what a short query costs. */
  async first(text: string, parameters: readonly SqlValue[]): Promise<SqlValue[] | undefined> {
    requireBindable(parameters);
    return this.#inTransaction(text, (statement) => statement.get(parameters));
  }

  async executeEach(text: string, rows: readonly (readonly SqlValue[])[]): Promise<number> {
    for (const row of rows) requireBindable(row);
    return this.#inTransaction(text, (statement) => {
      let changes = 0;
      for (const row of rows) changes += statement.run(row).changes;
      return changes;
    });
  }

  /** BEGIN, COMMIT and ROLLBACK go through `exec`: it leaves no statement open when one is refused. */
  async begin(): Promise<SqlTransaction> {
    this.#database.exec('begin immediate');
    this.#hasBegun = true;
    this.#undoneBy = null;
    return this;
  }

  async commit(): Promise<void> {
    if (this.#undoneBy !== null) throw this.#undoneBy;
    this.#database.exec('commit');
    this.#hasBegun = false;
  }

  async rollback(): Promise<void> {
    this.#hasBegun = false;
    this.#undoneBy = null;
    // Reading the state of a closed database ends the process.
    if (this.#database.open && this.#database.inTransaction) this.#database.exec('rollback');
  }

  /** The file itself is let go with the last kept statement, which the driver ends when it is collected. */
  close(): void {
    this.#hasBegun = false;
    this.#kept.clear();
    if (this.#database.open) this.#database.close();
  }

  /** Once SQLite has undone a transaction, what follows would be kept without it: it fails as well, and as that did. */
  #inTransaction<Result>(text: string, run: (statement: KeptStatement) => Result): Result {
    if (!this.#hasBegun) return this.#alone(text, run);
    if (this.#undoneBy !== null) throw this.#undoneBy;
    try {
      return run(this.#statement(text));
    } catch (error) {
      const isUndone = this.#database.open && !this.#database.inTransaction;
      if (isUndone && error instanceof Error) this.#undoneBy = error;
      throw error;
    }
  }

  /** What is no part of a transaction, such as every read, has nobody else who says what went wrong. */
  #alone<Result>(text: string, run: (statement: KeptStatement) => Result): Result {
    try {
      return run(this.#statement(text));
    } catch (error) {
      throw toStoreError(error, this.#place);
    }
  }

  #statement(text: string): KeptStatement {
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    const prepared = this.#database.prepare(text);
    const { reader: returnsRows } = prepared;
    if (returnsRows) prepared.raw(true);
    const statement: KeptStatement = {
      returnsRows,
      run: (parameters) => prepared.run(parameters),
      // The driver's rows in raw mode are arrays of SQLite's own values; no column of ours is a BLOB.
      all: (parameters) => prepared.all(parameters) as SqlValue[][],
      get: (parameters) => prepared.get(parameters) as SqlValue[] | undefined,
    };
    if (!repeated.test(text)) return statement;
    if (this.#kept.size >= maxKeptStatements) this.#kept.clear();
    this.#kept.set(text, statement);
    return statement;
  }
}

/** Opens a database file. The native driver is loaded here: a server answers before any store is open. */
export async function openLocalClient(path: string): Promise<SqlClient> {
  const { default: Database } = await import('libsql');
  return new LocalClient(new Database(path, { timeout: nativeTimeoutMs }), path);
}
