import { runStatement } from '../store/raw-query.ts';
import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import type { DomainRowKind } from '../store/domain-targets.ts';
import { markNamedWork } from '../work-links/mark-named-work.ts';
import type { CollectedRows } from './collect-rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** What tells which commits a deployment or release carries. */
const deliveryKinds: ReadonlySet<DomainRowKind> = new Set([
  'deployments',
  'deploymentChanges',
  'releases',
  'releaseCommits',
  'commitParents',
]);
/** Where none of these changed, what was delivered is what it was. */
const tellDelivery: ReadonlySet<DomainRowKind> = new Set([
  ...deliveryKinds,
  'pullRequests',
  'repositories',
]);

/** Like `markDirtyPullRequests`, for the rows of a batch of which only some kinds have changed. */
export async function markChanged(
  transaction: Database,
  workspaceId: string,
  source: string,
  rows: CollectedRows,
  changed: ReadonlySet<DomainRowKind>,
): Promise<void> {
  if (changed.size === 0) return;
  // A pull request that was reviewed again may come with its deployment, of which nothing is new.
  const isDelivered = [...changed].some((kind) => tellDelivery.has(kind));
  const told = isDelivered ? rows : new Map([...rows].filter(([kind]) => !deliveryKinds.has(kind)));
  await markDirtyPullRequests(transaction, workspaceId, source, told);
}

/** Marks the pull requests whose facts the rows may have changed, in the transaction that wrote them. */
export async function markDirtyPullRequests(
  transaction: Database,
  workspaceId: string,
  source: string,
  rows: CollectedRows,
): Promise<void> {
  const [requests, items] = [rowsOf(rows, 'pullRequests'), rowsOf(rows, 'workItems')];
  await markNamedWork(transaction, workspaceId, source, requests, items);
  const externalIds = new Set<unknown>();
  for (const row of requests) externalIds.add(row['externalId']);
  for (const kind of ['pullRequestCommits', 'pullRequestEvents'] as const) {
    for (const row of rowsOf(rows, kind)) externalIds.add(row['pullRequestExternalId']);
  }
  if (externalIds.size > 0) {
    await runStatement(
      transaction,
      sql`
      insert into dirty_subjects (workspace_id, kind, source, external_id)
      select ${workspaceId}, 'pull_request', ${source}, value
      from json_each(${JSON.stringify([...externalIds])}) where true on conflict do nothing`,
    );
  }
  const shas = new Set<unknown>();
  for (const kind of ['releaseCommits', 'deploymentChanges'] as const) {
    for (const row of rowsOf(rows, kind)) shas.add(row['sha']);
  }
  if (shas.size > 0) await markByMergeSha(transaction, workspaceId, JSON.stringify([...shas]));
  await markByDeployment(transaction, workspaceId, source, rows);
  await markDelivery(transaction, workspaceId, source, rows);
}

/** What a deployment or release carries hangs on the history too, so both mark their repository. */
async function markDelivery(
  transaction: Database,
  workspaceId: string,
  source: string,
  rows: CollectedRows,
): Promise<void> {
  const repositories = new Set<unknown>();
  for (const kind of ['deployments', 'releases', 'commitParents'] as const) {
    for (const row of rowsOf(rows, kind)) repositories.add(row['repositoryExternalId']);
  }
  repositories.delete(null);
  if (repositories.size === 0) return;
  const marked = sql`select value from json_each(${JSON.stringify([...repositories])})`;
  await runStatement(
    transaction,
    // The history of a repository that follows is also that of the one that leads it.
    sql`
    insert into dirty_subjects (workspace_id, kind, source, external_id)
    select ${workspaceId}, 'delivery', ${source}, value from (${marked})
    union select ${workspaceId}, 'delivery', lead_source, lead_repository_external_id
      from repository_leads where workspace_id = ${workspaceId} and source = ${source}
        and repository_external_id in (${marked})
    on conflict do nothing`,
  );
}

/** Marks the pull requests whose merge is one of these commits, in whatever source they stand. */
export async function markByMergeSha(
  transaction: Database,
  workspaceId: string,
  shas: string,
): Promise<void> {
  await runStatement(
    transaction,
    sql`
    insert into dirty_subjects (workspace_id, kind, source, external_id)
    select workspace_id, 'pull_request', source, external_id from pull_requests
    where workspace_id = ${workspaceId} and merge_sha in (select value from json_each(${shas}))
    on conflict do nothing`,
  );
}

/** A deployment or release whose time or result changed touches every pull request it carried. */
async function markByDeployment(
  transaction: Database,
  workspaceId: string,
  source: string,
  rows: CollectedRows,
): Promise<void> {
  const links = [
    ['deployments', 'deployment_changes', 'deployment_external_id'],
    ['releases', 'release_commits', 'release_external_id'],
  ] as const;
  for (const [kind, linkTable, linkColumn] of links) {
    const ids = rowsOf(rows, kind).map((row) => row['externalId']);
    if (ids.length === 0) continue;
    await runStatement(
      transaction,
      sql`
      insert into dirty_subjects (workspace_id, kind, source, external_id)
      select workspace_id, 'pull_request', source, external_id from pull_requests
      where workspace_id = ${workspaceId} and merge_sha in (
        select sha from ${sql.raw(linkTable)} where workspace_id = ${workspaceId}
          and source = ${source} and ${sql.raw(linkColumn)} in (select value from json_each(${JSON.stringify(ids)})))
      on conflict do nothing`,
    );
  }
}

function rowsOf(rows: CollectedRows, kind: Parameters<CollectedRows['get']>[0]): readonly Row[] {
  return (rows.get(kind) ?? []) as readonly Row[];
}
