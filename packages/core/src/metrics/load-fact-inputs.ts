import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PullRequest, PullRequestEvent, PullRequestFactInput } from '../domain.ts';
import { countsOnce } from '../reads/repositories.ts';
import type { Database } from '../store/database.ts';
import { readRows } from '../store/json-columns.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { countedEnvironments } from './counted-environments.ts';

const { accounts, pullRequestEvents, pullRequests } = tables;

export interface LoadedFactInput {
  pullRequestId: string;
  input: PullRequestFactInput;
}

/** Returns all that is known of the pull requests named, ready for the pure computation. */
export async function loadFactInputs(
  database: Database,
  workspaceId: string,
  source: string,
  externalIds: readonly string[],
): Promise<LoadedFactInput[]> {
  const requests = await database
    .select({ request: pullRequests, authorIsBot: accounts.isBot })
    .from(pullRequests)
    .leftJoin(
      accounts,
      and(
        eq(accounts.workspaceId, pullRequests.workspaceId),
        eq(accounts.source, pullRequests.source),
        eq(accounts.externalId, pullRequests.authorAccountExternalId),
      ),
    )
    .where(
      and(
        eq(pullRequests.workspaceId, workspaceId),
        eq(pullRequests.source, source),
        inArray(pullRequests.externalId, [...externalIds]),
      ),
    );
  await yieldToEventLoop();
  const ids = JSON.stringify(externalIds);
  const commits = await loadCommitInstants(database, workspaceId, source, ids);
  await yieldToEventLoop();
  const events = await loadEvents(database, workspaceId, source, externalIds);
  await yieldToEventLoop();
  const places = JSON.stringify(requests.flatMap(({ request }) => placeOfMerge(request) ?? []));
  const deployed = await loadFirstDeployments(database, workspaceId, places);
  const releases = await loadFirstReleases(database, workspaceId, places);
  const takenBack = await loadTakenBack(
    database,
    workspaceId,
    source,
    requests.map(({ request }) => request),
  );
  return requests.map(({ request, authorIsBot }) => ({
    pullRequestId: request.id,
    input: {
      pullRequest: request,
      authorIsBot: authorIsBot ?? false,
      commitAuthoredAts: commits.get(request.externalId) ?? [],
      events: events.get(request.externalId) ?? [],
      deployment: deployed.get(keyOf(request)) ?? null,
      releasedAt: releases.get(keyOf(request)) ?? null,
      takesBack: takenBack.get(numberKey(request, request.revertsNumber)) ?? null,
    },
  }));
}

/** The pull requests that others say they take back, by repository and number. */
async function loadTakenBack(
  database: Database,
  workspaceId: string,
  source: string,
  requests: readonly PullRequest[],
): Promise<Map<string, PullRequest>> {
  const reverts = requests.filter(({ revertsNumber }) => revertsNumber !== null);
  if (reverts.length === 0) return new Map();
  const found = await database
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.workspaceId, workspaceId),
        eq(pullRequests.source, source),
        inArray(
          pullRequests.repositoryExternalId,
          reverts.map(({ repositoryExternalId }) => repositoryExternalId),
        ),
        inArray(
          pullRequests.number,
          reverts.flatMap(({ revertsNumber }) => revertsNumber ?? []),
        ),
      ),
    );
  return new Map(found.map((request) => [numberKey(request, request.number), request]));
}

function numberKey({ source, repositoryExternalId }: PullRequest, number: number | null): string {
  return [source, repositoryExternalId, number ?? ''].join('\n');
}

async function loadCommitInstants(
  database: Database,
  workspaceId: string,
  source: string,
  ids: string,
): Promise<Map<string, (number | null)[]>> {
  const rows = await readRows(
    database,
    z.object({ request: z.string(), authored_at: z.number().nullable() }),
    ['request', 'authored_at'],
    // A commit that the leading source names but does not bring is taken from the one that follows.
    sql`select link.pull_request_external_id as request,
          coalesce(own.authored_at, other.authored_at) as authored_at
        from pull_request_commits link left join commits own
          on own.workspace_id = link.workspace_id and own.source = link.source
          and own.repository_external_id = link.repository_external_id and own.sha = link.sha
        left join repository_leads f on own.id is null and f.workspace_id = link.workspace_id
          and f.lead_source = link.source
          and f.lead_repository_external_id = link.repository_external_id
        left join commits other on other.workspace_id = f.workspace_id and other.source = f.source
          and other.repository_external_id = f.repository_external_id and other.sha = link.sha
        where (own.id is not null or other.id is not null) and link.workspace_id = ${workspaceId} and link.source = ${source}
          and link.pull_request_external_id in (select value from json_each(${ids}))`,
  );
  return groupBy(
    rows,
    (row) => row.request,
    (row) => row.authored_at,
  );
}

async function loadEvents(
  database: Database,
  workspaceId: string,
  source: string,
  externalIds: readonly string[],
): Promise<Map<string, (PullRequestEvent & { actorIsBot: boolean })[]>> {
  const rows = await database
    .select({ event: pullRequestEvents, actorIsBot: accounts.isBot })
    .from(pullRequestEvents)
    .leftJoin(
      accounts,
      and(
        eq(accounts.workspaceId, pullRequestEvents.workspaceId),
        eq(accounts.source, pullRequestEvents.source),
        eq(accounts.externalId, pullRequestEvents.actorAccountExternalId),
      ),
    )
    .where(
      and(
        eq(pullRequestEvents.workspaceId, workspaceId),
        eq(pullRequestEvents.source, source),
        inArray(pullRequestEvents.pullRequestExternalId, [...externalIds]),
      ),
    )
    .orderBy(pullRequestEvents.at, pullRequestEvents.externalId);
  return groupBy(
    rows,
    (row) => row.event.pullRequestExternalId,
    // Who is not known is not taken for a person: a pickup time is then unknown rather than wrong.
    (row) => ({ ...row.event, actorIsBot: row.actorIsBot ?? true }),
  );
}

/** Where a merge is looked up: in its own repository, because a fork has the same commit at other times. */
function placeOfMerge(request: PullRequest): [[string, string, string]] | null {
  const { source, repositoryExternalId, mergeSha } = request;
  return mergeSha === null ? null : [[source, repositoryExternalId, mergeSha]];
}

function keyOf({ source, repositoryExternalId, mergeSha }: PullRequest): string {
  return [source, repositoryExternalId, mergeSha ?? ''].join('\n');
}

/**
 * The places asked for, each with every place where its commit may be recorded: its own, and that of
 * a repository that follows it from another source. `own` is what the place is called by the caller.
 */
function wanted(workspaceId: string, places: string): SQL {
  const part = (position: number): SQL => sql.raw(`(value->>${position})`);
  const own = sql`${part(0)} || char(10) || ${part(1)} || char(10) || ${part(2)}`;
  return sql`(select ${own} as own, ${part(0)} as source, ${part(1)} as repository,
      ${part(2)} as sha, 1 as leads from json_each(${places})
    union all select ${own}, f.source, f.repository_external_id, ${part(2)}, 0
      from json_each(${places}) join repository_leads f on f.workspace_id = ${workspaceId}
        and f.lead_source = ${part(0)} and f.lead_repository_external_id = ${part(1)})`;
}

async function loadFirstDeployments(
  database: Database,
  workspaceId: string,
  places: string,
): Promise<Map<string, NonNullable<PullRequestFactInput['deployment']>>> {
  const rows = await readRows(
    database,
    z.object({
      place: z.string(),
      source: z.string(),
      repository: z.string().nullable(),
      environment: z.string(),
      finished_at: z.number(),
      method: z.enum(['exact_sha', 'graph_diff', 'time']),
    }),
    ['place', 'source', 'repository', 'environment', 'finished_at', 'method'],
    sql`select w.own as place, deployments.source,
          deployments.repository_external_id as repository, deployments.environment, deployments.finished_at, change.method
        from ${wanted(workspaceId, places)} w cross join deployment_changes change
          on change.workspace_id = ${workspaceId} and change.source = w.source
          and change.repository_external_id = w.repository and change.sha = w.sha
        cross join deployments on deployments.workspace_id = change.workspace_id
          and deployments.source = change.source
          and deployments.external_id = change.deployment_external_id
        where deployments.result = 'success' and deployments.finished_at is not null
          and (w.leads or ${countsOnce(workspaceId, 'deployments', 'deployments')})
        order by deployments.finished_at desc`,
  );
  if (rows.length === 0) return new Map();
  const counted = await countedEnvironments(database, workspaceId);
  // Latest first, so that the earliest deployment is what remains.
  return new Map(
    rows
      .filter((row) => counted.includes(row))
      .map((row) => [row.place, { finishedAt: row.finished_at, method: row.method }]),
  );
}

async function loadFirstReleases(
  database: Database,
  workspaceId: string,
  places: string,
): Promise<Map<string, number>> {
  const rows = await readRows(
    database,
    z.object({ place: z.string(), released_at: z.number() }),
    ['place', 'released_at'],
    // The earliest of the leading source comes last, and so stands.
    sql`select w.own as place, releases.released_at
        from ${wanted(workspaceId, places)} w cross join release_commits link
          on link.workspace_id = ${workspaceId} and link.source = w.source
          and link.repository_external_id = w.repository and link.sha = w.sha
        join releases on releases.workspace_id = link.workspace_id
          and releases.source = link.source and releases.external_id = link.release_external_id
        order by w.leads, releases.released_at desc`,
  );
  return new Map(rows.map((row) => [row.place, row.released_at]));
}

function groupBy<Row, Value>(
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [value(row)]);
    else group.push(value(row));
  }
  return groups;
}
