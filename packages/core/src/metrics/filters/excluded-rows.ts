import { type SQL, sql } from 'drizzle-orm';
import { type AuthorKind, isOfPeople, type MetricFilter } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { queryTuples } from '../../store/raw-query.ts';
import type { ExcludedRows } from '../../workspace/metric-query.ts';
import { type ColumnQuery, isOfRepository } from '../load-columns.ts';
import { subjects } from '../subjects/subjects.ts';
import { authorKindOf, filterConditions } from './filter-conditions.ts';

const reasonOf: Readonly<Record<keyof MetricFilter, ExcludedRows['reason']>> = {
  authors: 'written_by_others',
  people: 'written_by_others',
  labels: 'other_label',
  workTypes: 'other_work_type',
  service: 'other_service',
};
const authorReasons: Readonly<Record<AuthorKind, [kind: string, ExcludedRows['reason']]>> = {
  people: ['human', 'written_by_people'],
  coding_agents: ['coding_agent', 'written_by_coding_agents'],
  service_bots: ['service_bot', 'written_by_service_bots'],
};

/**
 * Returns how many rows of the window have no part in a figure, by reason. A row that several parts
 * of a filter leave out counts under the first of them, so that the counts add up.
 */
export async function countExcluded(
  context: ReadContext,
  query: ColumnQuery,
  rows: { read: number; inFigure: number },
): Promise<ExcludedRows[]> {
  const { definition, window, repositoryExternalId, filter = null } = query;
  const { workspaceId, store } = context;
  const { windowColumn } = definition;
  const wanted = windowColumn === null ? ['id'] : ['id', windowColumn];
  const subject = await subjects[definition.subject](context, window, wanted);
  const ofRepository =
    repositoryExternalId === null ? [] : [isOfRepository(context, subject, repositoryExternalId)];
  const at = windowColumn === null ? null : sql.raw(subject.columnOf(windowColumn));
  const passed = [
    subject.where,
    ...(at === null ? [] : [sql`${at} >= ${window.from} and ${at} < ${window.to}`]),
    ...ofRepository,
  ];
  const count = async (...conditions: ReturnType<typeof sql>[]): Promise<number> => {
    const [row] = await queryTuples<[number]>(
      store.read,
      sql`select count(*) from ${subject.from} where ${sql.join([...passed, ...conditions], sql` and `)}`,
    );
    return row?.[0] ?? 0;
  };
  const excluded: ExcludedRows[] = [];
  const ofFilter: SQL[] = [];
  for (const { name, condition } of filterConditions(workspaceId, definition.subject, filter)) {
    if (name === 'authors') {
      for (const author of authorsLeftOut(filter?.asked.authors ?? [])) {
        const [kind, reason] = authorReasons[author];
        const isKind = sql`${authorKindOf(workspaceId, definition.subject)} = ${kind}`;
        excluded.push({ reason, count: await count(isKind) });
      }
    } else {
      const fails = sql`not coalesce(${condition}, 0)`;
      excluded.push({ reason: reasonOf[name], count: await count(fails) });
    }
    passed.push(condition);
    ofFilter.push(condition);
  }
  const counted = excluded.filter((some) => some.count > 0);
  // Few rows that are left out of a figure on people could be one person's.
  if (filter?.isOnPeople === true || isOfPeople(definition)) return counted;
  counted.push({ reason: 'not_in_figure', count: Math.max(0, rows.read - rows.inFigure) });
  if (definition.subject === 'pull_request' && String(windowColumn) === 'mergedAt') {
    const drafts = sql`${subject.where} and f.opened_at >= ${window.from} and f.opened_at < ${window.to}
      and f.merged_at is null and f.closed_at is null
      and exists (select 1 from pull_requests p where p.id = f.pull_request_id and p.is_draft)`;
    const [row] = await queryTuples<[number]>(
      store.read,
      sql`select count(*) from ${subject.from}
          where ${sql.join([drafts, ...ofRepository, ...ofFilter], sql` and `)}`,
    );
    counted.push({ reason: 'draft', count: row?.[0] ?? 0 });
  }
  return counted.filter((some) => some.count > 0);
}

function authorsLeftOut(authors: readonly AuthorKind[]): AuthorKind[] {
  const all: readonly AuthorKind[] = ['people', 'coding_agents', 'service_bots'];
  return all.filter((kind) => !authors.includes(kind));
}
