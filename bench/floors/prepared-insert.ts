// The least that writing rows can cost: the driver's own prepared statements in transactions of a
// thousand rows. The tables are those of a template database; no project code runs.
import Database from 'libsql';

export interface FloorRows {
  table: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Copies the template's schema to a new file. */
export function createFloorDatabase(templatePath: string, path: string): void {
  const template = new Database(templatePath);
  const statements = template
    // A virtual table makes the tables that it keeps its rows in by itself.
    .prepare(
      `select sql from sqlite_master m where sql is not null and type <> 'trigger' and not exists (
        select 1 from sqlite_master v where v.sql like 'create virtual table%'
          and substr(m.name, 1, length(v.name) + 1) = v.name || '_')`,
    )
    .all() as { sql: string }[];
  template.close();
  const database = new Database(path);
  database.exec('pragma journal_mode = wal');
  for (const { sql } of statements) database.exec(sql);
  database.close();
}

export function insertPrepared(path: string, tables: readonly FloorRows[]): void {
  const database = new Database(path);
  database.exec('pragma synchronous = normal');
  database.exec('pragma cache_size = -16000');
  for (const { table, columns, rows } of tables) {
    const marks = columns.map(() => '?').join(', ');
    const insert = database.prepare(
      `insert into "${table}" (${columns.join(', ')}) values (${marks}) on conflict do nothing`,
    );
    for (let start = 0; start < rows.length; start += 1_000) {
      database.exec('begin immediate');
      for (const row of rows.slice(start, start + 1_000)) insert.run([...row]);
      database.exec('commit');
    }
  }
  database.close();
}
