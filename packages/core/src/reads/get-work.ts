import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { queryPreparedRow } from '../store/prepared-query.ts';
import type { SqlValue } from '../store/sql-client.ts';
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

const detailRowSchema = workRowSchema.extend({
  source: z.string(),
  scope: z.string().nullable(),
  externalId: z.string(),
  sha: z.string().nullable(),
  url: z.string().nullable(),
});
const detailNames = Object.keys(detailRowSchema.shape);

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
// One schema over all of them: a schema per column, each behind its own pipe, costs three times this.
const partsSchema = z.object({
  detail: detailRowSchema,
  events: z.array(eventSchema),
  commits: z.array(commitSchema),
  marks: z.array(aiMarkSchema),
  rawRecordId: z.string().nullable(),
  syncedAt: z.number().nullable(),
  gaps: z.string(),
});
type Found = z.infer<typeof partsSchema> & { facts: StoredFacts };
/** A stored row's own columns in the order of `factNames`, before flags are told from numbers. */
type StoredFacts = readonly SqlValue[];

/** Takes a row apart, which holds its columns in the order of `workQuery`. */
function toFound(row: readonly SqlValue[]): Found {
  const afterDetail = detailNames.length;
  const [events, commits, marks, rawRecordId, syncedAt, gaps, ...facts] = row.slice(afterDetail);
  const detail: Record<string, SqlValue | undefined> = {};
  for (let index = 0; index < afterDetail; index += 1) {
    detail[detailNames[index] ?? ''] = row[index];
  }
  const parts = partsSchema.parse({
    detail,
    events: parsed(events),
    commits: parsed(commits),
    marks: parsed(marks),
    rawRecordId,
    syncedAt,
    gaps,
  });
  return { ...parts, facts };
}

function parsed(text: SqlValue | undefined): unknown {
  return typeof text === 'string' ? JSON.parse(text) : text;
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
  const row = await queryPreparedRow(
    context.store.read,
    teamId === null ? `get-work ${kind}` : `get-work ${kind} team`,
    () => workQuery(kind, teamId !== null),
    { workspaceId, teamId, id },
  );
  return row === undefined ? null : toFound(row);
}

function toDetail(context: ReadContext, found: Found): WorkDetail {
  const { detail, events, commits } = found;
  const { scope, source, externalId, url } = detail;
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
    ...toSummary(detail, meta.asOf),
    source,
    externalId,
    url,
    facts: toFacts(found.facts),
    events: events.slice(0, maxEvents),
    commits: commits.slice(0, maxCommits),
    aiEvidence: found.marks,
    rawRecordId: found.rawRecordId,
    meta: { ...meta, gaps },
  };
}

// An object that is given its many names one by one becomes a slow one; a copy of a whole one does not.
const noFacts: WorkDetail['facts'] = Object.fromEntries(factNames.map((name) => [name, null]));

/** A pull request that was never computed has no facts. SQLite keeps a flag as 0 or 1. */
function toFacts(stored: StoredFacts): WorkDetail['facts'] {
  if (stored.every((value) => value === null)) return {};
  const facts: WorkDetail['facts'] = { ...noFacts };
  for (const [position, name] of factNames.entries()) {
    const value = stored[position] ?? null;
    facts[name] = isFlag[position] === true && value !== null ? value === 1 : value;
  }
  return facts;
}

const workspaceId = sql.placeholder('workspaceId');

/** Plain columns: for one row, making JSON of them and reading it costs more than all the rest. */
function workQuery(kind: WorkKind, ofTeam: boolean) {
  const { repositoryKeyName } = workSelects[kind];
  const owner = { workspaceId, teamId: ofTeam ? sql.placeholder('teamId') : null };
  const isPullRequest = kind === 'pull_request';
  const work = sql`(${selectWork(kind, originColumns(kind))}
    where w.workspace_id = ${workspaceId} and w.id = ${sql.placeholder('id')}
      and ${ownedByTeam(owner, repositoryKeyName, 'w.source')}) d`;
  return {
    columns: {
      ...Object.fromEntries(detailNames.map((name) => [name, sql.raw(`d."${name}"`)])),
      ...(isPullRequest ? pullRequestLists() : { events: sql`'[]'`, commits: sql`'[]'` }),
      marks: marksOf(workspaceId, {
        source: sql`d."source"`,
        externalId: sql`d."externalId"`,
        sha: sql`d."sha"`,
      }),
      rawRecordId: rawRecordOf,
      ...answerMetaFields(workspaceId),
      ...(isPullRequest ? factFields : {}),
    },
    from: isPullRequest ? sql`${work} ${joinFacts}` : work,
  };
}

// Under names of their own: some are also those of the row itself.
const factFields = Object.fromEntries(
  Object.entries(factColumns).map(([name, column]) => [`fact ${name}`, sql`${column}`]),
);
const joinFacts = sql`left join pull_request_facts
  on pull_request_facts.workspace_id = ${workspaceId} and pull_request_facts.source = d."source"
    and pull_request_facts.pull_request_external_id = d."externalId"`;

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

function pullRequestLists() {
  return {
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

// One after the other: a list to look in would be made as a table first.
const rawRecordOf = sql`coalesce(${rawRecordWith(sql`d."externalId"`)}, ${rawRecordWith(sql`d."sha"`)})`;

function rawRecordWith(externalId: SQL): SQL {
  return sql`(select id from raw_records where workspace_id = ${workspaceId}
    and source = d."source" and scope_external_id = d."scope" and external_id = ${externalId} limit 1)`;
}
