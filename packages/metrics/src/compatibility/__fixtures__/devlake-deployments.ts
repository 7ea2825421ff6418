import type { DeploymentSummary, WorkspaceHandle } from '@adjutant/core';
import type { Deployment } from '@adjutant/core/domain';
import { buildDeployment } from '@adjutant/core/testing';
import { type DevlakeRow, idsOf, instantOf, source } from './devlake-tables.ts';

/**
 * Returns `cicd_deployment_commits` as deployments: one for each row, its scope as the service and its
 * address as the repository, so that scope, repository and environment make a line. A case may leave
 * out columns that its task does not read.
 */
export function deploymentsOf(rows: readonly DevlakeRow[]): Deployment[] {
  return rows.map((row) =>
    buildDeployment({
      source,
      externalId: row['id'] ?? '',
      repositoryExternalId: row['repo_url'] || row['repo_id'] || 'repository',
      serviceKey: row['cicd_scope_id'] || null,
      environment: (row['environment'] ?? '').toLowerCase(),
      result: resultOf(row),
      originalResult: row['result'] ?? null,
      sha: row['commit_sha'] || null,
      startedAt: instantOf(row['started_date']),
      finishedAt: instantOf(row['finished_date']),
    }),
  );
}

function resultOf(row: DevlakeRow): Deployment['result'] {
  if (row['result'] === 'SUCCESS') return 'success';
  return row['finished_date'] ? 'failure' : 'running';
}

/** Returns every deployment that the SDK has, in the order in which they began. */
export async function deploymentsIn(handle: WorkspaceHandle): Promise<DeploymentSummary[]> {
  const deployments: DeploymentSummary[] = [];
  for (const id of await idsOf(handle, 'deployment')) {
    deployments.push((await handle.history.deployment(id)).deployment);
  }
  const startOf = ({ startedAt }: DeploymentSummary) => startedAt ?? 0;
  return deployments.toSorted(
    (a, b) => startOf(a) - startOf(b) || compare(a.externalId, b.externalId),
  );
}

/** Returns ours: the external id of the one before each, by external id; null where there is none. */
export async function previousOf(handle: WorkspaceHandle): Promise<Record<string, string | null>> {
  const previous: Record<string, string | null> = {};
  for (const id of await idsOf(handle, 'deployment')) {
    const found = await handle.history.deployment(id);
    previous[found.deployment.externalId] = found.previous?.externalId ?? null;
  }
  return previous;
}

/**
 * Returns `prev_success_deployment_commit_id` by `id`. Its ways: successful ones alone have one before
 * them; the order is that of their beginnings, where ours is that of their ends; what has no
 * beginning has no place in it.
 */
export async function asDevlakePrevious(handle: WorkspaceHandle): Promise<Record<string, string>> {
  const before = new Map<string, string>();
  const previous: Record<string, string> = {};
  for (const { externalId, ...deployment } of await deploymentsIn(handle)) {
    previous[externalId] = '';
    if (deployment.result !== 'success' || deployment.startedAt === null) continue;
    const { serviceKey, repositoryExternalId, environment } = deployment;
    const line = JSON.stringify([serviceKey, repositoryExternalId, environment]);
    previous[externalId] = before.get(line) ?? '';
    before.set(line, externalId);
  }
  return previous;
}

function compare(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
