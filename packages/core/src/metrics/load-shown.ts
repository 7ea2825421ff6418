import { sql } from 'drizzle-orm';
import type { MetricInput, MetricSubject, Window } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { type ColumnQuery, isOfRepository } from './load-columns.ts';
import { serviceConditions } from './filters/filter-conditions.ts';
import type { ReadFilter } from './filters/read-filter.ts';
import { subjects } from './subjects/subjects.ts';

/** Streams whose finished reading says that a subject would be known, were there any. */
const streamsOf: Readonly<Partial<Record<MetricSubject, string>>> = { incident: 'incidents' };

/** What is known beside a definition's own rows. */
type Beside = Pick<MetricInput<MetricSubject, never>, 'shown' | 'unlinkedIncidents'>;

/**
 * Returns which of the subjects that a definition also wants are shown by any source of the
 * workspace, whoever asks: they have rows, or a stream of them was read to the end.
 */
export async function loadShown(
  context: ReadContext,
  { definition, window, repositoryExternalId, filter = null }: ColumnQuery,
): Promise<Beside> {
  const wanted = definition.alsoShown ?? [];
  const shown: Partial<Record<MetricSubject, boolean>> = {};
  for (const subject of wanted) shown[subject] = await isShown(context, subject, window);
  const countsUnlinked = shown.incident === true && definition.subject !== 'incident';
  if (!countsUnlinked) return { shown, unlinkedIncidents: null };
  const asked = { repositoryExternalId, filter };
  return { shown, unlinkedIncidents: await countUnlinked(context, window, asked) };
}

/** Returns whether any source of the workspace shows a subject. */
export async function isShown(
  context: ReadContext,
  subject: MetricSubject,
  window: Window,
): Promise<boolean> {
  const { workspaceId } = context;
  const { from, where } = await subjects[subject]({ ...context, teamId: null }, window, ['id']);
  const [row] = await queryTuples<[number]>(
    context.store.read,
    sql`select exists (select 1 from ${from} where ${where})
      or exists (select 1 from sync_cursors c where c.workspace_id = ${workspaceId}
        and c.stream = ${streamsOf[subject] ?? ''} and c.complete = 1
        and c.last_finished_at is not null)`,
  );
  return row?.[0] === 1;
}

async function countUnlinked(
  context: ReadContext,
  window: Window,
  {
    repositoryExternalId,
    filter,
  }: { repositoryExternalId: string | null; filter: ReadFilter | null },
): Promise<number> {
  const incidents = await subjects.incident(context, { ...window, column: 'createdAt' }, [
    'id',
    'linkMethod',
  ]);
  const isAsked =
    repositoryExternalId === null
      ? sql`true`
      : isOfRepository(context, incidents, repositoryExternalId);
  const ofService = serviceConditions(context.workspaceId, 'incident', filter);
  const conditions = [isAsked, ...ofService.map(({ condition }) => condition)];
  const [row] = await queryTuples<[number]>(
    context.store.read,
    sql`select count(*) from ${incidents.from} where ${incidents.where} and ${sql.join(conditions, sql` and `)} and f.is_external = 0
      and f.created_at >= ${window.from} and f.created_at < ${window.to}
      and ${sql.raw(incidents.columnOf('linkMethod'))} is null`,
  );
  return row?.[0] ?? 0;
}
