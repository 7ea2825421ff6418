import Database from 'libsql';
import type { FloorRows } from './floors/prepared-insert.ts';

/** Returns every row of the tables that a sync fills, so that the floor can write the very same. */
export function dumpRows(path: string, tables: readonly string[]): FloorRows[] {
  const database = new Database(path);
  const dumped = tables.map((table) => {
    const columns = (
      database.prepare(`pragma table_info("${table}")`).all() as { name: string }[]
    ).map((column) => column.name);
    const rows = (
      database
        .prepare(`select ${columns.join(', ')} from "${table}" order by rowid`)
        .raw() as unknown as {
        all(): (string | number | null)[][];
      }
    ).all();
    return { table, columns, rows };
  });
  database.close();
  return dumped;
}

export function countRows(tables: readonly FloorRows[]): number {
  return tables.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** The tables that reading a source fills. */
export const ingestedTables = [
  'raw_records',
  'repositories',
  'accounts',
  'commits',
  'commit_parents',
  'pull_requests',
  'pull_request_commits',
  'releases',
  'release_commits',
  'ai_evidence',
  'dirty_subjects',
];
