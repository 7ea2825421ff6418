import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { type Bindable, queryPreparedRow } from '../store/prepared-query.ts';
import type { ListWorkQuery, Page, WorkKind, WorkSummary } from '../workspace/handle.ts';
import { aiMarkSchema, marksOf } from './ai-marks.ts';
import { answerMetaFields, toAnswerMeta } from './answer-meta.ts';
import { nextCursor, readCursor, readLimit } from './paging.ts';
import type { ReadContext } from './read-context.ts';
import { countsOnce, findRepository, leads, ofRepository, ownedByTeam } from './repositories.ts';

export const workRowSchema = z.object({
  id: z.string(),
  kind: z.enum(['pull_request', 'release', 'deployment', 'work_item', 'incident', 'commit']),
  repository: z.string().nullable(),
  key: z.string(),
  title: z.string(),
  state: z.string(),
  author: z.string().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
});
const listedRowSchema = workRowSchema.extend({
  // Text, because an array made in a subquery is text to whatever reads the subquery.
  aiEvidence: z
    .string()
    .nullable()
    .transform((text): unknown => (text === null ? null : JSON.parse(text)))
    .pipe(z.array(aiMarkSchema).nullable()),
});
const rowNames = Object.keys(listedRowSchema.shape);
// Rows come as arrays: with names in each of them, SQLite and JSON.parse take half as long again.
const workRowsSchema = z.array(listedRowSchema);
const rowAsArray = sql.raw(`json_array(${rowNames.map((name) => `"${name}"`).join(', ')})`);

/** Returns the expression that makes one JSON object of columns, by name. */
export function rowAsJson(names: readonly string[]): SQL {
  return sql.raw(`json_object(${names.map((name) => `'${name}', "${name}"`).join(', ')})`);
}

const hourMs = 3_600_000;

/** Returns work of one kind, newest first. @throws AdjutantError `InvalidInput`, `NotFound` */
export async function listWork(
  context: ReadContext,
  query: ListWorkQuery,
): Promise<Page<WorkSummary>> {
  const offset = readCursor(query.cursor);
  const limit = readLimit(query.limit);
  const kind = query.kind ?? 'pull_request';
  if (workSelects[kind] === undefined) {
    throw new AdjutantError('InvalidInput', 'There is no work of that kind.', {
      hint: `Known are: ${Object.keys(workSelects).join(', ')}.`,
    });
  }
  const { state, repository } = query;
  const filter = {
    state: state ?? null,
    repository: repository === undefined ? null : await findRepository(context, repository),
    teamId: context.teamId,
  };
  const withMarks = query.withAiEvidence === true;
  const page = await readWorkPage(context, kind, filter, withMarks, { limit, offset });
  const { total, rows, meta } = page;
  return {
    items: rows.map(({ aiEvidence, ...row }) => ({
      ...toSummary(row, meta.asOf),
      ...(aiEvidence === null ? {} : { aiEvidence }),
    })),
    total,
    nextCursor: nextCursor(offset, rows.length, total),
    meta,
  };
}

type WorkFilter = Record<'state' | 'repository' | 'teamId', string | null>;

/** The columns of `workPageQuery`: total, rows, syncedAt, gaps. */
const pageSchema = z.tuple([z.number(), z.string(), z.number().nullable(), z.string()]);

/** One statement for the page and its total: each round trip costs as much as the rows. */
async function readWorkPage(
  context: ReadContext,
  kind: WorkKind,
  filter: WorkFilter,
  withMarks: boolean,
  place: { limit: number; offset: number },
) {
  const set = Object.entries(filter).flatMap(([name, value]) => (value === null ? [] : [name]));
  const found = await queryPreparedRow(
    context.store.read,
    ['list-work', kind, ...set, ...(withMarks ? ['marks'] : [])].join(' '),
    () => workPageQuery(kind, filter, withMarks),
    { workspaceId: context.workspaceId, ...filter, ...place },
  );
  const [total, rows, syncedAt, gaps] = pageSchema.parse(found);
  return {
    total,
    rows: workRowsSchema.parse(named(JSON.parse(rows))),
    meta: toAnswerMeta(context.clock.now(), syncedAt, gaps),
  };
}

const tuplesSchema = z.array(z.array(z.unknown()));

function named(rows: unknown): Record<string, unknown>[] {
  return tuplesSchema.parse(rows).map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < rowNames.length; index += 1) {
      row[rowNames[index] ?? ''] = values[index];
    }
    return row;
  });
}

/** Only whether a filter is set shapes the query; its value comes with each call. */
function workPageQuery(kind: WorkKind, filter: WorkFilter, withMarks: boolean) {
  const { order, state, repositoryKeyName } = workSelects[kind];
  const workspaceId = sql.placeholder('workspaceId');
  const teamId = sql.placeholder('teamId');
  const conditions: SQL[] = [sql`w.workspace_id = ${workspaceId}`];
  if (filter.state !== null) conditions.push(sql`${state} = ${sql.placeholder('state')}`);
  if (filter.repository !== null) {
    const repository = sql.placeholder('repository');
    conditions.push(ofRepository(workspaceId, repositoryKeyName, repository));
  }
  if (filter.teamId !== null) {
    conditions.push(ownedByTeam({ workspaceId, teamId }, repositoryKeyName, 'w.source'));
  }
  const all = sql.join(conditions, sql` and `);
  const where = sql`${all} and ${leading(kind, workspaceId)}`;
  return {
    columns: {
      total: countLeading(kind, all, workspaceId),
      rows: sql`(select json_group_array(${rowAsArray}) from (
        ${selectWork(kind, sql`, ${withMarks ? marksOfListed(kind, workspaceId) : sql`null`} as "aiEvidence"`)} where ${where} order by ${order} desc, w.id desc
        limit ${sql.placeholder('limit')} offset ${sql.placeholder('offset')}))`,
      ...answerMetaFields(workspaceId),
    },
    from: sql`(select 1)`,
  };
}

function marksOfListed(kind: WorkKind, workspaceId: Bindable): SQL {
  const source = sql`w.source`;
  if (kind === 'commit')
    return marksOf(workspaceId, { source, externalId: sql`w.sha`, sha: sql`w.sha` });
  if (kind !== 'pull_request') return sql`'[]'`;
  return marksOf(workspaceId, { source, externalId: sql`w.external_id`, sha: sql`w.merge_sha` });
}

/** What another source leads is left out, or it would be listed twice. */
function leading(kind: WorkKind, workspaceId: Bindable): SQL {
  if (kind === 'release') return countsOnce(workspaceId, 'releases', 'w');
  if (kind === 'deployment') return countsOnce(workspaceId, 'deployments', 'w');
  return leads(workspaceId, workSelects[kind].repositoryKeyName, 'w.source');
}

/**
 * Counts all and takes off those that do not lead: there are hardly ever any, and asking it of each
 * of a hundred thousand rows costs more than counting them.
 */
function countLeading(kind: WorkKind, conditions: SQL, workspaceId: Bindable): SQL {
  const { table, repositoryKeyName } = workSelects[kind];
  const total = sql`(select count(*) from ${table} w where ${conditions})`;
  if (kind === 'work_item' || kind === 'incident') return total;
  return sql`${total} - (select count(*) from repository_leads follower cross join ${table} w
    where follower.workspace_id = ${workspaceId} and w.source = follower.source
      and ${sql.raw(repositoryKeyName)} = follower.repository_external_id
      and ${conditions} and not ${leading(kind, workspaceId)})`;
}

export function toSummary(row: z.infer<typeof workRowSchema>, now: number): WorkSummary {
  const { startedAt, finishedAt } = row;
  const isOpen = finishedAt === null && row.state === 'open';
  const end = finishedAt ?? (isOpen ? now : null);
  const hours = startedAt === null || end === null ? null : (end - startedAt) / hourMs;
  return {
    id: row.id,
    kind: row.kind,
    repository: row.repository,
    key: row.key,
    title: row.title,
    state: row.state,
    author: row.author,
    startedAt,
    finishedAt,
    hours: hours === null || hours < 0 ? null : hours,
  };
}

interface WorkSelect {
  table: SQL;
  state: SQL;
  repositoryKey: SQL;
  repositoryKeyName: string;
  key: SQL;
  title: SQL;
  author: SQL;
  startedAt: SQL;
  finishedAt: SQL;
  order: SQL;
}

const inRepository = {
  repositoryKey: sql`w.repository_external_id`,
  repositoryKeyName: 'w.repository_external_id',
};
const withoutRepository = { repositoryKey: sql`null`, repositoryKeyName: 'null' };

export const workSelects: Record<WorkKind, WorkSelect> = {
  pull_request: {
    ...inRepository,
    table: sql`pull_requests`,
    state: sql`w.state`,
    key: sql`coalesce('#' || w.number, substr(w.merge_sha, 1, 9), w.external_id)`,
    title: sql`w.title`,
    author: sql`w.author_account_external_id`,
    startedAt: sql`coalesce(w.opened_at, w.first_commit_at)`,
    finishedAt: sql`coalesce(w.merged_at, w.closed_at)`,
    order: sql`coalesce(w.merged_at, w.closed_at, w.updated_at, w.opened_at, 0)`,
  },
  release: {
    ...inRepository,
    table: sql`releases`,
    state: sql`'released'`,
    key: sql`w.name`,
    title: sql`w.name`,
    author: sql`null`,
    startedAt: sql`w.released_at`,
    finishedAt: sql`w.released_at`,
    order: sql`w.released_at`,
  },
  deployment: {
    ...inRepository,
    table: sql`deployments`,
    state: sql`w.result`,
    key: sql`coalesce(substr(w.sha, 1, 9), w.external_id)`,
    title: sql`w.environment`,
    author: sql`null`,
    startedAt: sql`coalesce(w.started_at, w.queued_at)`,
    finishedAt: sql`w.finished_at`,
    order: sql`coalesce(w.finished_at, w.started_at, 0)`,
  },
  work_item: {
    ...withoutRepository,
    table: sql`work_items`,
    state: sql`coalesce(w.status_category, 'unknown')`,
    key: sql`w.key`,
    title: sql`w.title`,
    author: sql`w.assignee_account_external_id`,
    startedAt: sql`coalesce(w.started_at, w.created_at)`,
    finishedAt: sql`w.done_at`,
    order: sql`coalesce(w.done_at, w.started_at, w.created_at, 0)`,
  },
  incident: {
    ...withoutRepository,
    table: sql`incidents`,
    state: sql`case when w.resolved_at is null then 'open' else 'resolved' end`,
    key: sql`w.external_id`,
    title: sql`w.title`,
    author: sql`null`,
    startedAt: sql`w.created_at`,
    finishedAt: sql`w.resolved_at`,
    order: sql`w.created_at`,
  },
  commit: {
    ...inRepository,
    table: sql`commits`,
    state: sql`'committed'`,
    key: sql`substr(w.sha, 1, 9)`,
    title: sql`w.subject`,
    author: sql`w.author_account_external_id`,
    startedAt: sql`w.authored_at`,
    finishedAt: sql`w.committed_at`,
    order: sql`w.committed_at`,
  },
};

/** Returns the select list, with further columns if given, and joins of one kind, without conditions. */
export function selectWork(kind: WorkKind, further: SQL = sql``): SQL {
  const work = workSelects[kind];
  return sql`select w.id, ${kind} as "kind", r.name as "repository", ${work.key} as "key",
      ${work.title} as "title", ${work.state} as "state",
      coalesce(p.display_name, a.name, a.login) as "author",
      ${work.startedAt} as "startedAt", ${work.finishedAt} as "finishedAt"${further}
    from ${work.table} w
    left join repositories r on r.workspace_id = w.workspace_id and r.source = w.source
      and r.external_id = ${work.repositoryKey}
    left join accounts a on a.workspace_id = w.workspace_id and a.source = w.source
      and a.external_id = ${work.author}
    left join person_accounts l on l.workspace_id = w.workspace_id
      and l.account_source = a.source and l.account_external_id = a.external_id
    left join people p on p.workspace_id = l.workspace_id and p.id = l.person_id`;
}
