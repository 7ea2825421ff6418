import Database from 'libsql';

/** The database as any program of this user can open it. */
export interface DatabaseFile {
  query<Row>(text: string): Row[];
  /** Writes with every trigger out of the way, and puts them back as if nothing had been. */
  attack(...statements: string[]): void;
}

/** Opens the file beside the processes that use it, and closes it again. */
export function onFile<Result>(path: string, work: (file: DatabaseFile) => Result): Result {
  const database = new Database(path, { timeout: 10_000 });
  try {
    const query = <Row>(text: string): Row[] => database.prepare(text).all() as Row[];
    return work({
      query,
      attack(...statements) {
        const triggers = query<{ name: string; sql: string }>(
          "select name, sql from sqlite_master where type = 'trigger'",
        );
        database.exec('begin immediate');
        for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
        for (const statement of statements) database.exec(statement);
        for (const { sql } of triggers) database.exec(sql);
        database.exec('commit');
      },
    });
  } finally {
    database.close();
  }
}
