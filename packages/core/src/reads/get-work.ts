import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { queryPrepared } from '../store/prepared-query.ts';
import { tables } from '../store/tables.ts';
import type { AnswerMeta, WorkDetail, WorkKind } from '../workspace/handle.ts';
import { aiMarkSchema, marksOf } from './ai-marks.ts';
import { answerMetaFields, toAnswerMeta } from './answer-meta.ts';
import { rowAsJson, selectWork, toSummary, workRowSchema, workSelects } from './list-work.ts';
import type { ReadContext } from './read-context.ts';
import { ownedByTeam } from './repositories.ts';

// One more than is shown is read: it tells that there are more, and costs less than a count.
const maxCommits = 100;
const maxEvents = 200;
const kinds = Object.keys(workSelects) as WorkKind[];

const {
  workspaceId: _workspaceId,
  teamId: _teamId,
  pullRequestId: _pullRequestId,
  ...factColumns
} = getTableColumns(tables.pullRequestFacts);
const factNames = Object.keys(factColumns);
const isFlag = Object.values(factColumns).map((column) => column.dataType === 'boolean');

const originSchema = z.object({
  source: z.string(),
  scope: z.string().nullable(),
  externalId: z.string(),
  sha: z.string().nullable(),
  url: z.string().nullable(),
});
const detailRowSchema = workRowSchema.extend(originSchema.shape);
/** A stored row's own columns in the order of `factNames`, before flags are told from numbers. */
type StoredFacts = readonly (number | string | null)[];

// An array of unions costs as much to check as the read costs to run; this says the same.
const factsSchema = z.custom<StoredFacts>(
  (value) =>
    Array.isArray(value) &&
    value.every((fact) => fact === null || typeof fact === 'number' || typeof fact === 'string'),
  'facts are numbers, texts or nothing',
);
const eventSchema = z.object({
  at: z.number(),
  kind: z.string(),
  actor: z.string().nullable(),
  state: z.string().nullable(),
});
const commitSchema = z.object({
  sha: z.string(),
  subject: z.string(),
  authoredAt: z.number().nullable(),
  committedAt: z.number(),
});
const rowSchema = z.object({
  detail: z.string(),
  facts: z.string().nullable(),
  events: z.string(),
  commits: z.string(),
  marks: z.string(),
  rawRecordId: z.string().nullable(),
  syncedAt: z.number().nullable(),
  gaps: z.string(),
});
// One schema over all of them: a schema per column, each behind its own pipe, costs three times this.
const jsonColumnsSchema = z.object({
  detail: detailRowSchema,
  facts: factsSchema.nullable(),
  events: z.array(eventSchema),
  commits: z.array(commitSchema),
  marks: z.array(aiMarkSchema),
});
type Found = z.infer<typeof jsonColumnsSchema> &
  Pick<z.infer<typeof rowSchema>, 'rawRecordId' | 'syncedAt' | 'gaps'>;

function toFound(row: unknown): Found {
  const { rawRecordId, syncedAt, gaps, ...columns } = rowSchema.parse(row);
  const parsed: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(columns)) {
    parsed[name] = text === null ? null : JSON.parse(text);
  }
  return { ...jsonColumnsSchema.parse(parsed), rawRecordId, syncedAt, gaps };
}

/** Returns one piece of work with its facts, events and commits. @throws AdjutantError `NotFound` */
export async function getWork(context: ReadContext, id: string): Promise<WorkDetail> {
  for (const kind of kinds) {
    const found = await findWork(context, kind, id);
    if (found !== null) return toDetail(context, found);
  }
  throw new AdjutantError('NotFound', 'There is no piece of work with that id here.', {
    hint: 'Take an id from a list of work; ids of another workspace or team are not found.',
  });
}

/** One statement for all of it: each round trip costs more than what it brings. */
async function findWork(context: ReadContext, kind: WorkKind, id: string): Promise<Found | null> {
  const { workspaceId, teamId } = context;
  const [row] = await queryPrepared(
    context.store.read,
    ['get-work', kind, ...(teamId === null ? [] : ['team'])].join(' '),
    () => workQuery(kind, teamId !== null),
    { workspaceId, teamId, id },
  );
  return row === undefined ? null : toFound(row);
}

function toDetail(context: ReadContext, found: Found): WorkDetail {
  const { detail, events, commits } = found;
  const { scope, sha: _, source, externalId, url, ...row } = detail;
  const meta = toAnswerMeta(context.clock.now(), found.syncedAt, found.gaps);
  const cut = (what: string, rows: readonly unknown[], most: number): AnswerMeta['gaps'] =>
    rows.length <= most
      ? []
      : [
          {
            code: 'truncated',
            message: `Only the first ${most} ${what} are shown; there are more.`,
            source,
            scope: scope ?? '',
            affectedCount: null,
          },
        ];
  const gaps = [
    ...meta.gaps,
    ...cut('events', events, maxEvents),
    ...cut('commits', commits, maxCommits),
  ];
  return {
    ...toSummary(row, meta.asOf),
    source,
    externalId,
    url,
    facts: found.facts === null ? {} : toFacts(found.facts),
    events: events.slice(0, maxEvents),
    commits: commits.slice(0, maxCommits),
    aiEvidence: found.marks,
    rawRecordId: found.rawRecordId,
    meta: { ...meta, gaps },
  };
}

/** SQLite keeps a flag as 0 or 1. */
function toFacts(stored: StoredFacts): WorkDetail['facts'] {
  const facts: WorkDetail['facts'] = {};
  for (const [position, name] of factNames.entries()) {
    const value = stored[position] ?? null;
    facts[name] = isFlag[position] === true && value !== null ? value === 1 : value;
  }
  return facts;
}

const workspaceId = sql.placeholder('workspaceId');

function workQuery(kind: WorkKind, ofTeam: boolean) {
  const { repositoryKeyName } = workSelects[kind];
  const owner = { workspaceId, teamId: ofTeam ? sql.placeholder('teamId') : null };
  const none = { facts: sql`null`, events: sql`'[]'`, commits: sql`'[]'` };
  return {
    columns: {
      detail: rowAsJson(Object.keys(detailRowSchema.shape)),
      ...(kind === 'pull_request' ? pullRequestColumns() : none),
      marks: marksOf(workspaceId, {
        source: sql`d."source"`,
        externalId: sql`d."externalId"`,
        sha: sql`d."sha"`,
      }),
      rawRecordId: rawRecordOf,
      ...answerMetaFields(workspaceId),
    },
    from: sql`(${selectWork(kind, originColumns(kind))}
      where w.workspace_id = ${workspaceId} and w.id = ${sql.placeholder('id')}
        and ${ownedByTeam(owner, repositoryKeyName, 'w.source')}) d`,
  };
}

const shaColumns: Partial<Record<WorkKind, SQL>> = {
  pull_request: sql`w.merge_sha`,
  commit: sql`w.sha`,
  release: sql`w.sha`,
  deployment: sql`w.sha`,
};

function originColumns(kind: WorkKind): SQL {
  const externalId = kind === 'commit' ? sql`w.sha` : sql`w.external_id`;
  return sql`, w.source as "source", ${workSelects[kind].repositoryKey} as "scope",
    ${externalId} as "externalId", ${shaColumns[kind] ?? sql`null`} as "sha", r.url as "url"`;
}

function pullRequestColumns() {
  // Without their names: with them, SQLite and JSON.parse take half as long again.
  const facts = sql.join(Object.values(factColumns), sql`, `);
  return {
    facts: sql`(select json_array(${facts}) from pull_request_facts
      where workspace_id = ${workspaceId} and source = d."source"
        and pull_request_external_id = d."externalId")`,
    events: sql`(select json_group_array(${rowAsJson(Object.keys(eventSchema.shape))}) from (
      select e.at, e.kind, coalesce(a.name, a.login) as "actor", e.state
      from pull_request_events e left join accounts a on a.workspace_id = e.workspace_id
        and a.source = e.source and a.external_id = e.actor_account_external_id
      where e.workspace_id = ${workspaceId} and e.source = d."source"
        and e.pull_request_external_id = d."externalId"
      order by e.at, e.external_id limit ${sql.raw(String(maxEvents + 1))}))`,
    commits: sql`(select json_group_array(${rowAsJson(Object.keys(commitSchema.shape))}) from (
      select c.sha, c.subject, c.authored_at as "authoredAt", c.committed_at as "committedAt"
      from pull_request_commits l join commits c on c.workspace_id = l.workspace_id
        and c.source = l.source and c.repository_external_id = l.repository_external_id
        and c.sha = l.sha
      where l.workspace_id = ${workspaceId} and l.source = d."source"
        and l.pull_request_external_id = d."externalId"
      order by c.committed_at, c.sha limit ${sql.raw(String(maxCommits + 1))}))`,
  };
}

const rawRecordOf = sql`(select id from raw_records where workspace_id = ${workspaceId}
  and source = d."source" and scope_external_id = d."scope"
  and external_id in (d."externalId", coalesce(d."sha", d."externalId")) limit 1)`;
