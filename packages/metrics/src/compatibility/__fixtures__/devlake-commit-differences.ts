import type { DomainRows, WorkspaceHandle } from '@adjutant/core';
import type { CommitParent } from '@adjutant/core/domain';
import { buildCommit } from '@adjutant/core/testing';
import { deploymentsOf } from './devlake-deployments.ts';
import { type DevlakeRow, idsOf, source } from './devlake-tables.ts';

export interface CommitTables {
  cicd_deployment_commits: readonly DevlakeRow[];
  commit_parents: readonly DevlakeRow[];
}

/**
 * Returns these tables as deployments with a history. Its edges name no repository, so each one that
 * is deployed has them all; the one before each deployment is the one that the table names.
 */
export function commitRowsOf(tables: CommitTables): DomainRows {
  const rows = tables.cicd_deployment_commits;
  const named = new Map(rows.map((row) => [row['id'], row['prev_success_deployment_commit_id']]));
  const deployments = deploymentsOf(rows).map((deployment) => ({
    ...deployment,
    previousExternalId: named.get(deployment.externalId) || null,
  }));
  const repositories = [
    ...new Set(deployments.flatMap((deployment) => deployment.repositoryExternalId ?? [])),
  ];
  return {
    deployments,
    commits: repositories.flatMap((repositoryExternalId) =>
      rootsOf(tables).map((sha) =>
        buildCommit({ source, repositoryExternalId, sha, parentCount: 0 }),
      ),
    ),
    commitParents: repositories.flatMap((repository) => edgesOf(tables.commit_parents, repository)),
  };
}

function edgesOf(rows: readonly DevlakeRow[], repositoryExternalId: string): CommitParent[] {
  const positions = new Map<string, number>();
  return rows.flatMap((row) => {
    const sha = row['commit_sha'] ?? '';
    const parentSha = row['parent_commit_sha'] ?? '';
    if (parentSha === '') return [];
    const position = positions.get(sha) ?? 0;
    positions.set(sha, position + 1);
    return [{ source, repositoryExternalId, sha, position, parentSha }];
  });
}

/** Commits that are listed without a parent. */
function rootsOf({ commit_parents: rows }: CommitTables): string[] {
  return rows.flatMap((row) => (row['parent_commit_sha'] ? [] : [row['commit_sha'] ?? '']));
}

/**
 * Returns `commits_diffs` as `new old commit`, each once. Its ways: only what the table names before a
 * deployment is compared; where the commit before is not in the history, as after a forced push, all
 * that the new one reaches is the difference, where ours says that it is not known. With `first`, a
 * success that names none is compared with nothing: no lead time is taken from such rows.
 */
export async function asDevlakeDifferences(
  handle: WorkspaceHandle,
  { first = false } = {},
): Promise<string[]> {
  const differences = new Set<string>();
  for (const to of await idsOf(handle, 'deployment')) {
    const { deployment, previous, previousKnownBy } = await handle.history.deployment(to);
    const before = previousKnownBy === 'stated' ? previous : null;
    if (before === null && !(first && deployment.result === 'success')) continue;
    const between = await handle.history.commitsBetween({ from: before?.id ?? null, to });
    const shas =
      between.shas ?? (await handle.history.commitsBetween({ from: null, to })).shas ?? [];
    for (const sha of shas) differences.add(`${deployment.sha} ${before?.sha ?? ''} ${sha}`);
  }
  return [...differences].toSorted();
}

export function expectedDifferences(rows: readonly DevlakeRow[]): string[] {
  return rows
    .map((row) => `${row['new_commit_sha']} ${row['old_commit_sha']} ${row['commit_sha']}`)
    .toSorted();
}
