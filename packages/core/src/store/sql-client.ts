export type SqlValue = string | number | null;

/** What a statement gave: its rows as plain arrays, and how many rows it changed. */
export interface SqlResult {
  rows: SqlValue[][];
  changes: number;
}

/** Somewhere to run SQL: a connection, or a transaction on one. */
export interface SqlSession {
  execute(text: string, parameters: readonly SqlValue[]): Promise<SqlResult>;
  /** Returns the first row of a query that gives one at most. Absent where it is no cheaper. */
  first?(text: string, parameters: readonly SqlValue[]): Promise<SqlValue[] | undefined>;
  /**
   * Runs a statement once for each row of parameters and returns how many rows changed. Absent
   * where each run would be a round trip.
   */
  executeEach?(text: string, rows: readonly (readonly SqlValue[])[]): Promise<number>;
}

export interface SqlTransaction extends SqlSession {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** One connection to a database, local or remote. */
export interface SqlClient extends SqlSession {
  /** True where it has ended by itself and answers nothing any more. */
  readonly isLost?: boolean;
  /** Begins a write transaction; the connection is its own until it ends. */
  begin(): Promise<SqlTransaction>;
  close(): void | Promise<void>;
}
