import { type SQL, sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { sealedTables } from '../store/sealed-tables.ts';

/** Where something is done or somebody let in by a row, and where it would be told. */
const naming: readonly (readonly [table: string, column: string])[] = [
  ['workspaces', 'id'],
  ...['audit_heads', 'audit_entries', ...Object.keys(sealedTables)].map(
    (table) => [table, 'workspace_id'] as const,
  ),
];

/** Steps from one workspace to the next, as a table may have many rows of each. */
function namesIn(table: string, column: string): SQL {
  return sql.raw(`select id from (with recursive named (id) as (
    select min("${column}") from "${table}"
    union all
    select (select min("${column}") from "${table}" where "${column}" > named.id)
      from named where named.id is not null
  ) select id from named where id is not null)`);
}

/**
 * Returns every workspace of which there is a row that something rests on, whether or not a list of
 * workspaces or of ends of ledgers names it: whoever made the file wrote those lists too.
 * @throws AdjutantError `StoreCorrupt` for a name of which the driver gives a part only, or that is no text
 */
export async function namedWorkspaces(database: Database): Promise<string[]> {
  const parts = naming.map(([table, column]) => namesIn(table, column));
  const rows = await queryTuples<[string, number]>(
    database,
    sql`select id, typeof(id) = 'text' and instr(cast(id as blob), x'00') = 0
      from (${sql.join(parts, sql` union `)})`,
  );
  if (rows.every(([, isWhole]) => isWhole === 1)) return rows.map(([id]) => id);
  throw new AdjutantError('StoreCorrupt', 'The store has rows of a workspace without a name.', {
    hint: 'Somebody changed the database. Put a backup in its place with "adjutant restore".',
  });
}

/** Whether there is such a row of one workspace. */
export async function isNamedWorkspace(database: Database, workspaceId: string): Promise<boolean> {
  const parts = naming.map(
    ([table, column]) =>
      sql`exists (select 1 from ${sql.identifier(table)} where ${sql.identifier(column)} = ${workspaceId})`,
  );
  const rows = await queryTuples<[number]>(
    database,
    sql`select 1 where ${sql.join(parts, sql` or `)}`,
  );
  return rows.length > 0;
}
