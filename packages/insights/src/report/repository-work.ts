import type { ListWorkQuery, RepositorySummary, WorkspaceHandle } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { repositoryPage } from './code-host.ts';
import { type ListedWork, listWorkIn } from './list-work.ts';

/** More than this many rows of one kind in one repository are not read for a report. */
const mostRows = 1_000;
const mostReleases = 200;

/** What one repository did, read once and used by every part of the report. */
export interface RepositoryWork {
  repository: RepositorySummary;
  page: string | null;
  commits: ListedWork;
  merges: ListedWork;
  /** Up to the window's end, from the first on: a rhythm needs more than one window. */
  releases: ListedWork;
  deployments: ListedWork;
  /** Open now, whenever opened. */
  open: ListedWork;
}

/** Reads the commits, merges and deployments of a window, and all releases and open pull requests of a repository. */
export async function readRepositoryWork(
  handle: WorkspaceHandle,
  repository: RepositorySummary,
  window: Window,
): Promise<RepositoryWork> {
  const until = { from: Number.NEGATIVE_INFINITY, to: window.to };
  const always = { ...until, to: Number.POSITIVE_INFINITY };
  const read = (query: ListWorkQuery, inside: Window, maximum: number): Promise<ListedWork> =>
    listWorkIn(handle, { ...query, repository: repository.id }, inside, maximum);
  return {
    repository,
    page: repositoryPage(repository.url),
    commits: await read({ kind: 'commit', withAiEvidence: true }, window, mostRows),
    merges: await read(
      { kind: 'pull_request', state: 'merged', withAiEvidence: true },
      window,
      mostRows,
    ),
    releases: await read({ kind: 'release' }, until, mostReleases),
    deployments: await read({ kind: 'deployment' }, window, mostReleases),
    open: await read({ kind: 'pull_request', state: 'open' }, always, mostReleases),
  };
}

/** Every listed piece of work of a repository. */
export function allWork(work: RepositoryWork): ListedWork['items'] {
  return [work.commits, work.merges, work.releases, work.deployments, work.open].flatMap(
    (listed) => listed.items,
  );
}
