import { type SQL, sql } from 'drizzle-orm';
import type { MetricCoverage } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { type ColumnQuery, isOfRepository } from './load-columns.ts';
import { serviceConditions } from './filters/filter-conditions.ts';
import { subjects } from './subjects/subjects.ts';

/** The earliest instant that a date can hold. */
const earliest = -8_640_000_000_000_000;

type Row = [firstAt: number, isComplete: number | null, readUntil: number | null, denied: number];

/**
 * Returns what is known of a subject beyond the rows of a window: since when it is shown, and up to
 * which instant everything of it was read; null where nothing like it was ever shown. Only the
 * repositories that have shown it count, each with all that is read of it.
 */
export async function loadCoverage(
  context: ReadContext,
  query: ColumnQuery,
): Promise<MetricCoverage | null> {
  const { definition, repositoryExternalId } = query;
  if (definition.windowColumn === null || query.filter?.isShown === false) return null;
  const { workspaceId } = context;
  const subject = await subjects[definition.subject](context, query.window, [
    definition.windowColumn,
  ]);
  const at = sql.raw(subject.columnOf(definition.windowColumn));
  // Not as "is not null", for which SQLite takes no index of instants.
  const conditions: SQL[] = [subject.where, sql`${at} >= ${earliest}`];
  if (repositoryExternalId !== null) {
    conditions.push(isOfRepository(context, subject, repositoryExternalId));
  }
  // Where nothing of a service was ever shown, none of it is unknown; a label that nobody has is 0.
  for (const part of serviceConditions(workspaceId, definition.subject, query.filter ?? null)) {
    conditions.push(part.condition);
  }
  // Rows that belong to no repository may come from any scope of their source.
  const isScopeOf = (alias: string) =>
    subject.repositoryColumn === null
      ? sql`true`
      : sql`${sql.raw(alias)}.scope_external_id = s.repository`;
  const rows = await queryTuples<Row>(
    context.store.read,
    sql`
    select s.first_at, min(c.complete), min(c.last_finished_at),
      exists (select 1 from gaps g where g.workspace_id = ${workspaceId} and g.source = s.source
        and ${isScopeOf('g')} and (g.code = 'not_permitted'
          or substr(g.code, -14) = '_not_permitted'))
    from (select f.source, ${sql.raw(subject.repositoryColumn ?? 'null')} as repository, min(${at}) as first_at
          from ${subject.from} where ${sql.join(conditions, sql` and `)} group by 1, 2) s
    left join sync_cursors c on c.workspace_id = ${workspaceId} and c.source = s.source
      and ${isScopeOf('c')}
    group by s.source, s.repository, s.first_at`,
  );
  if (rows.length === 0) return null;
  const isRead = rows.every(([, complete, , denied]) => complete === 1 && denied === 0);
  const readUntil = Math.min(...rows.map(([, , until]) => until ?? 0));
  return {
    shownSince: Math.min(...rows.map(([firstAt]) => firstAt)),
    readUntil: isRead && readUntil > 0 ? readUntil : null,
  };
}
