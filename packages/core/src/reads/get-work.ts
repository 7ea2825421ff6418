import { queryTuples } from '../store/raw-query.ts';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { readRows } from '../store/json-columns.ts';
import { tables } from '../store/tables.ts';
import type { WorkDetail, WorkKind } from '../workspace/handle.ts';
import { readAnswerMeta } from './answer-meta.ts';
import { selectWork, toSummary, workColumns, workRowSchema, workSelects } from './list-work.ts';
import type { ReadContext } from './read-context.ts';
import { ownedByTeam } from './repositories.ts';

const { pullRequestFacts } = tables;
const maxCommits = 100;
const maxEvents = 200;
const kinds = Object.keys(workSelects) as WorkKind[];

const originSchema = z.object({
  source: z.string(),
  scope: z.string().nullable(),
  externalId: z.string(),
  sha: z.string().nullable(),
  url: z.string().nullable(),
});

/** Returns one piece of work with its facts, events and commits. @throws AdjutantError `NotFound` */
export async function getWork(context: ReadContext, id: string): Promise<WorkDetail> {
  for (const kind of kinds) {
    const found = await findWork(context, kind, id);
    if (found === null) continue;
    const meta = await readAnswerMeta(context);
    const origin = await readOrigin(context, kind, id);
    return {
      ...toSummary(found, meta.asOf),
      source: origin.source,
      externalId: origin.externalId,
      url: origin.url,
      facts: kind === 'pull_request' ? await readFacts(context, id) : {},
      events: kind === 'pull_request' ? await readEvents(context, origin) : [],
      commits: kind === 'pull_request' ? await readCommits(context, origin) : [],
      aiEvidence: await readAiEvidence(context, origin),
      rawRecordId: await findRawRecord(context, origin),
      meta,
    };
  }
  throw new AdjutantError('NotFound', 'There is no piece of work with that id here.', {
    hint: 'Take an id from a list of work; ids of another workspace or team are not found.',
  });
}

async function findWork(context: ReadContext, kind: WorkKind, id: string) {
  const team =
    context.teamId === null
      ? sql`true`
      : ownedByTeam(context, workSelects[kind].repositoryKeyName, 'w.source');
  const [row] = await readRows(
    context.store.read,
    workRowSchema,
    workColumns,
    sql`${selectWork(kind)} where w.workspace_id = ${context.workspaceId} and w.id = ${id} and ${team}`,
  );
  return row ?? null;
}

async function readOrigin(context: ReadContext, kind: WorkKind, id: string) {
  const { table, repositoryKey } = workSelects[kind];
  const externalId = kind === 'commit' ? sql`w.sha` : sql`w.external_id`;
  const shaByKind: Partial<Record<WorkKind, string>> = {
    pull_request: 'w.merge_sha',
    commit: 'w.sha',
    release: 'w.sha',
    deployment: 'w.sha',
  };
  const sha = sql.raw(shaByKind[kind] ?? 'null');
  const [row] = await readRows(
    context.store.read,
    originSchema,
    ['source', 'scope', 'externalId', 'sha', 'url'],
    sql`select w.source, ${repositoryKey} as "scope", ${externalId} as "externalId", ${sha} as "sha", r.url as "url"
        from ${table} w left join repositories r on r.workspace_id = w.workspace_id
          and r.source = w.source and r.external_id = ${repositoryKey}
        where w.workspace_id = ${context.workspaceId} and w.id = ${id}`,
  );
  if (row === undefined) throw new AdjutantError('NotFound', 'That piece of work has just gone.');
  return row;
}
type Origin = z.infer<typeof originSchema>;

async function readFacts(context: ReadContext, id: string): Promise<WorkDetail['facts']> {
  const [row] = await context.store.read
    .select()
    .from(pullRequestFacts)
    .where(
      and(
        eq(pullRequestFacts.workspaceId, context.workspaceId),
        eq(pullRequestFacts.pullRequestId, id),
      ),
    );
  if (row === undefined) return {};
  const { workspaceId: _, teamId: __, pullRequestId: ___, ...facts } = row;
  return facts;
}

async function readEvents(context: ReadContext, origin: Origin): Promise<WorkDetail['events']> {
  const eventSchema = z.object({
    at: z.number(),
    kind: z.string(),
    actor: z.string().nullable(),
    state: z.string().nullable(),
  });
  return readRows(
    context.store.read,
    eventSchema,
    Object.keys(eventSchema.shape),
    sql`select e.at, e.kind, coalesce(a.name, a.login) as "actor", e.state
        from pull_request_events e left join accounts a on a.workspace_id = e.workspace_id
          and a.source = e.source and a.external_id = e.actor_account_external_id
        where e.workspace_id = ${context.workspaceId} and e.source = ${origin.source}
          and e.pull_request_external_id = ${origin.externalId}
        order by e.at, e.external_id limit ${maxEvents}`,
  );
}

async function readCommits(context: ReadContext, origin: Origin): Promise<WorkDetail['commits']> {
  const commitSchema = z.object({
    sha: z.string(),
    subject: z.string(),
    authoredAt: z.number().nullable(),
    committedAt: z.number(),
  });
  return readRows(
    context.store.read,
    commitSchema,
    Object.keys(commitSchema.shape),
    sql`select c.sha, c.subject, c.authored_at as "authoredAt", c.committed_at as "committedAt"
        from pull_request_commits l join commits c on c.workspace_id = l.workspace_id
          and c.source = l.source and c.repository_external_id = l.repository_external_id
          and c.sha = l.sha
        where l.workspace_id = ${context.workspaceId} and l.source = ${origin.source}
          and l.pull_request_external_id = ${origin.externalId}
        order by c.committed_at, c.sha limit ${maxCommits}`,
  );
}

async function readAiEvidence(
  context: ReadContext,
  origin: Origin,
): Promise<WorkDetail['aiEvidence']> {
  const markSchema = z.object({
    class: z.string(),
    tool: z.string().nullable(),
    origin: z.string(),
  });
  return readRows(
    context.store.read,
    markSchema,
    Object.keys(markSchema.shape),
    sql`select distinct e.class, e.tool, e.origin from ai_evidence e
        where e.workspace_id = ${context.workspaceId} and e.source = ${origin.source}
          and e.subject_external_id in (
            select ${origin.sha ?? origin.externalId} union select ${origin.externalId}
            union select sha from pull_request_commits where workspace_id = ${context.workspaceId}
              and source = ${origin.source} and pull_request_external_id = ${origin.externalId})
        order by 1, 2, 3`,
  );
}

async function findRawRecord(context: ReadContext, origin: Origin): Promise<string | null> {
  const [row] = await queryTuples<[string]>(
    context.store.read,
    sql`
    select id from raw_records where workspace_id = ${context.workspaceId}
      and source = ${origin.source} and scope_external_id = ${origin.scope}
      and external_id in (${origin.externalId}, ${origin.sha ?? origin.externalId}) limit 1`,
  );
  return row?.[0] ?? null;
}
