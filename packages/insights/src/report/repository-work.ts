import type { RepositorySummary, WorkspaceHandle } from '@adjutant/core';
import { repositoryPage } from './code-host.ts';
import { type ListedWork, listWorkSince } from './list-work.ts';

/** More than this many rows of one kind in one repository are not read for a report. */
const mostRows = 1_000;
const mostReleases = 200;

/** What one repository did, read once and used by every part of the report. */
export interface RepositoryWork {
  repository: RepositorySummary;
  page: string | null;
  commits: ListedWork;
  merges: ListedWork;
  /** Of all time: a rhythm needs more than one window. */
  releases: ListedWork;
  deployments: ListedWork;
  /** Open now, whenever opened. */
  open: ListedWork;
}

/** Reads the commits, merges and deployments since `from`, all releases and open pull requests of a repository. */
export async function readRepositoryWork(
  handle: WorkspaceHandle,
  repository: RepositorySummary,
  from: number,
): Promise<RepositoryWork> {
  const always = Number.NEGATIVE_INFINITY;
  const id = repository.id;
  return {
    repository,
    page: repositoryPage(repository.url),
    commits: await listWorkSince(handle, { kind: 'commit', repository: id }, from, mostRows),
    merges: await listWorkSince(
      handle,
      { kind: 'pull_request', state: 'merged', repository: id },
      from,
      mostRows,
    ),
    releases: await listWorkSince(
      handle,
      { kind: 'release', repository: id },
      always,
      mostReleases,
    ),
    deployments: await listWorkSince(
      handle,
      { kind: 'deployment', repository: id },
      from,
      mostReleases,
    ),
    open: await listWorkSince(
      handle,
      { kind: 'pull_request', state: 'open', repository: id },
      always,
      mostReleases,
    ),
  };
}

/** Every listed piece of work of a repository. */
export function allWork(work: RepositoryWork): ListedWork['items'] {
  return [work.commits, work.merges, work.releases, work.deployments, work.open].flatMap(
    (listed) => listed.items,
  );
}
