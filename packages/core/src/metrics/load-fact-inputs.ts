import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PullRequestEvent, PullRequestFactInput } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { readRows } from '../store/json-columns.ts';
import { tables } from '../store/tables.ts';

const { pullRequests, accounts, pullRequestEvents } = tables;

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
  const ids = JSON.stringify(externalIds);
  const commits = await loadCommitInstants(database, workspaceId, source, ids);
  const events = await loadEvents(database, workspaceId, source, externalIds);
  const shas = JSON.stringify(requests.flatMap(({ request }) => request.mergeSha ?? []));
  const deployments = await loadFirstDeployments(database, workspaceId, shas);
  const releases = await loadFirstReleases(database, workspaceId, shas);
  return requests.map(({ request, authorIsBot }) => ({
    pullRequestId: request.id,
    input: {
      pullRequest: request,
      authorIsBot: authorIsBot ?? false,
      commitAuthoredAts: commits.get(request.externalId) ?? [],
      events: events.get(request.externalId) ?? [],
      deployment: deployments.get(request.mergeSha ?? '') ?? null,
      releasedAt: releases.get(request.mergeSha ?? '') ?? null,
    },
  }));
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
    sql`select link.pull_request_external_id as request, commits.authored_at
        from pull_request_commits link join commits
          on commits.workspace_id = link.workspace_id and commits.source = link.source
          and commits.repository_external_id = link.repository_external_id and commits.sha = link.sha
        where link.workspace_id = ${workspaceId} and link.source = ${source}
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
    (row) => ({ ...row.event, actorIsBot: row.actorIsBot ?? false }),
  );
}

async function loadFirstDeployments(
  database: Database,
  workspaceId: string,
  shas: string,
): Promise<Map<string, NonNullable<PullRequestFactInput['deployment']>>> {
  const rows = await readRows(
    database,
    z.object({
      sha: z.string(),
      finished_at: z.number(),
      method: z.enum(['exact_sha', 'graph_diff', 'time']),
    }),
    ['sha', 'finished_at', 'method'],
    sql`select change.sha, deployments.finished_at, change.method
        from deployment_changes change join deployments
          on deployments.workspace_id = change.workspace_id and deployments.source = change.source
          and deployments.external_id = change.deployment_external_id
        where change.workspace_id = ${workspaceId} and deployments.result = 'success'
          and deployments.finished_at is not null
          and change.sha in (select value from json_each(${shas}))
        order by deployments.finished_at desc`,
  );
  // Latest first, so that the earliest deployment is what remains.
  return new Map(rows.map((row) => [row.sha, { finishedAt: row.finished_at, method: row.method }]));
}

async function loadFirstReleases(
  database: Database,
  workspaceId: string,
  shas: string,
): Promise<Map<string, number>> {
  const rows = await readRows(
    database,
    z.object({ sha: z.string(), released_at: z.number() }),
    ['sha', 'released_at'],
    sql`select link.sha, releases.released_at
        from release_commits link join releases
          on releases.workspace_id = link.workspace_id and releases.source = link.source
          and releases.external_id = link.release_external_id
        where link.workspace_id = ${workspaceId}
          and link.sha in (select value from json_each(${shas}))
        order by releases.released_at desc`,
  );
  return new Map(rows.map((row) => [row.sha, row.released_at]));
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
