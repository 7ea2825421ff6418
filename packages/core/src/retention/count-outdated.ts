import { type SQL, sql } from 'drizzle-orm';
import { archivedTable } from '../archive/archive-rows.ts';
import type { TableCount } from '../data/outcomes.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { outdatedRows, type Outdated, type RetentionClass } from './retention-classes.ts';

/** Returns how many rows of a class may go, by table: what a purge at this moment deletes. */
export async function countOutdated(
  database: Database,
  { groups }: RetentionClass,
  of: Outdated,
): Promise<TableCount[]> {
  const counts: TableCount[] = [];
  for (const group of groups) {
    const outdated = await outdatedRows(database, group, of);
    const parent = archivedTable(group.table).table;
    for (const child of group.children) {
      const { table } = archivedTable(child.table);
      const rows = await count(
        database,
        sql`${sql.raw(table)} where (workspace_id, ${sql.raw(child.column)}) in (
          select workspace_id, ${sql.raw(child.parentColumn)} from ${sql.raw(parent)} where ${outdated})
          and ${child.alone?.(outdated) ?? sql`true`}`,
      );
      counts.push({ table, rows });
    }
    counts.push({
      table: parent,
      rows: await count(database, sql`${sql.raw(parent)} where ${outdated}`),
    });
  }
  return counts;
}

async function count(database: Database, from: SQL): Promise<number> {
  const [row] = await queryTuples<[number]>(database, sql`select count(*) from ${from}`);
  return row?.[0] ?? 0;
}
