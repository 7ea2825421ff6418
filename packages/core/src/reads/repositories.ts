import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Repository } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { outsideName } from '../outside-name.ts';
import { readRows } from '../store/json-columns.ts';
import type { Bindable } from '../store/prepared-query.ts';
import type { RepositorySummary } from '../workspace/handle.ts';
import type { ReadContext } from './read-context.ts';

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  name: z.string(),
  fullName: z.string().nullable(),
  url: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  mergeStyle: z.enum(['merge', 'squash', 'mixed', 'linear']).nullable(),
  commitCount: z.number(),
  mergedCount: z.number(),
  firstCommitAt: z.number().nullable(),
  lastCommitAt: z.number().nullable(),
});

/** Returns the repositories that the viewer's team owns, or all of them, with their extent. */
export async function readRepositories(context: ReadContext): Promise<RepositorySummary[]> {
  const { workspaceId } = context;
  return readRows(
    context.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select r.id, r.source, r.external_id as "externalId", r.name, r.full_name as "fullName",
          r.url, r.default_branch as "defaultBranch", r.merge_style as "mergeStyle",
          coalesce(c.n, 0) as "commitCount", coalesce(p.n, 0) as "mergedCount",
          c.first_at as "firstCommitAt", c.last_at as "lastCommitAt"
        from repositories r
        left join (select source, repository_external_id, count(*) as n,
                     min(committed_at) as first_at, max(committed_at) as last_at
                   from commits where workspace_id = ${workspaceId} group by 1, 2) c
          on c.source = r.source and c.repository_external_id = r.external_id
        left join (select source, repository_external_id, count(*) as n from pull_requests
                   where workspace_id = ${workspaceId} and state = 'merged' group by 1, 2) p
          on p.source = r.source and p.repository_external_id = r.external_id
        where r.workspace_id = ${workspaceId} and ${ownedByTeam(context, 'r.external_id', 'r.source')}
          and ${leads(workspaceId, 'r.external_id', 'r.source')}
        order by r.name, r.external_id`,
  );
}

const plainSchema = rowSchema.omit({
  commitCount: true,
  mergedCount: true,
  firstCommitAt: true,
  lastCommitAt: true,
});

/** Returns the same without their extent, which takes a look at every commit. */
export async function listRepositories(
  context: ReadContext,
): Promise<(Repository & { id: string })[]> {
  const { workspaceId } = context;
  return readRows(
    context.store.read,
    plainSchema,
    Object.keys(plainSchema.shape),
    sql`select r.id, r.source, r.external_id as "externalId", r.name, r.full_name as "fullName",
          r.url, r.default_branch as "defaultBranch", r.merge_style as "mergeStyle"
        from repositories r
        where r.workspace_id = ${workspaceId} and ${ownedByTeam(context, 'r.external_id', 'r.source')}
          and ${leads(workspaceId, 'r.external_id', 'r.source')}
        order by r.name, r.external_id`,
  );
}

/** Returns the condition that a repository belongs to the viewer's team, if one is set. */
export function ownedByTeam(
  context: { workspaceId: Bindable; teamId: Bindable | null },
  externalIdColumn: string,
  sourceColumn: string,
) {
  if (context.teamId === null) return sql`true`;
  const { workspaceId, teamId } = context;
  const repository = sql.raw(`(${sourceColumn}, ${externalIdColumn})`);
  // Lists that are made once for a statement: asked of each of fifty thousand rows, who owns its
  // repository costs more than reading the rows.
  const owned = sql`select source, repository_external_id from repository_teams
    where workspace_id = ${workspaceId}`;
  return sql`(${repository} in (${owned} and team_id = ${teamId})
    or (${teamId} = (select id from teams where workspace_id = ${workspaceId} and key = 'default')
      and (${sql.raw(externalIdColumn)} is null or ${repository} not in (${owned}))))`;
}

/** Returns the condition that no other source leads the repository that a row belongs to. */
export function leads(workspaceId: Bindable, externalIdColumn: string, sourceColumn: string) {
  return sql`not exists (select 1 from repository_leads follower
    where follower.workspace_id = ${workspaceId}
      and follower.source = ${sql.raw(sourceColumn)}
      and follower.repository_external_id = ${sql.raw(externalIdColumn)})`;
}

/** The condition that the source of a repository that follows shows no code, only what was sent to it. */
export const followerShowsNoCode = sql`exists (select 1 from sources shown
  where shown.workspace_id = follower.workspace_id and shown.source = follower.source
    and shown.shows_code = 0)`;

/**
 * Returns the condition that a row is the one to count: its repository leads, or the leading one has
 * no such rows at all, because its source shows none. A deployment that was only sent counts unless the
 * leading source shows those of its environment itself (docs/decisions/0025).
 */
export function countsOnce(
  workspaceId: Bindable,
  table: 'deployments' | 'releases',
  alias: string,
) {
  const row = sql.raw(alias);
  const leadHasAny = sql`exists (select 1 from ${sql.raw(table)} counted
    where counted.workspace_id = follower.workspace_id
      and counted.source = follower.lead_source
      and counted.repository_external_id = follower.lead_repository_external_id)`;
  const isShown =
    table === 'deployments'
      ? sql`case when ${followerShowsNoCode} then ${shownByLead('deployment', alias)}
          else ${leadHasAny} end`
      : leadHasAny;
  return sql`not exists (select 1 from repository_leads follower
    where follower.workspace_id = ${workspaceId} and follower.source = ${row}.source
      and follower.repository_external_id = ${row}.repository_external_id and ${isShown})`;
}

/** The condition that the leading source shows the likes of a row that was only sent. */
export function shownByLead(kind: 'deployment' | 'pipeline_run', alias: string) {
  const row = sql.raw(alias);
  const name = sql.raw(`${alias}.${kind === 'deployment' ? 'environment' : 'name'}`);
  return sql`exists (select 1 from delivery_followers shown_too
    where shown_too.workspace_id = ${row}.workspace_id
      and shown_too.kind = ${sql.raw(`'${kind}'`)} and shown_too.source = ${row}.source
      and shown_too.repository_external_id = ${row}.repository_external_id
      and shown_too.name = ${name}
      and coalesce(${row}.finished_at, shown_too.from_at)
        between shown_too.from_at and shown_too.until_at)`;
}

/** Returns the condition that a row is of a repository, as its own source or another knows it. */
export function ofRepository(
  workspaceId: Bindable,
  externalIdColumn: string,
  externalId: Bindable,
) {
  return sql`${sql.raw(externalIdColumn)} in (select ${externalId} union all
    select repository_external_id from repository_leads where workspace_id = ${workspaceId}
      and lead_repository_external_id = ${externalId})`;
}

const namedSchema = z.object({
  name: z.string(),
  /** What the repository is known as, of the leading source where another one leads. */
  leading: z.string(),
  isNamed: z.number(),
});

/**
 * Returns the external id of the repository that a person named, by name, full name or external id,
 * of the leading one where a source that follows knows it by that name.
 * @throws AdjutantError `NotFound`, naming some that exist
 */
export async function findRepository(context: ReadContext, name: string): Promise<string> {
  const wanted = name.toLowerCase();
  const rows = await readRows(
    context.store.read,
    namedSchema,
    Object.keys(namedSchema.shape),
    sql`select r.name, coalesce(f.lead_repository_external_id, r.external_id) as "leading",
          coalesce(${wanted} in (lower(r.name), lower(r.external_id), lower(r.id)), 0)
            or coalesce(lower(r.full_name) = ${wanted}, 0) as "isNamed"
        from repositories r
        left join repository_leads f on f.workspace_id = r.workspace_id and f.source = r.source
          and f.repository_external_id = r.external_id
        where r.workspace_id = ${context.workspaceId}
          and ${ownedByTeam(context, 'r.external_id', 'r.source')}
        order by f.source is not null, r.name, r.external_id`,
  );
  const found = rows.find(({ isNamed }) => isNamed === 1);
  if (found !== undefined) return found.leading;
  const known = [...new Set(rows.map((row) => outsideName(row.name)))].slice(0, 10);
  throw new AdjutantError('NotFound', 'There is no repository of that name here.', {
    hint: known.length === 0 ? 'Run "adjutant sync" first.' : `Known are: ${known.join(', ')}.`,
  });
}
