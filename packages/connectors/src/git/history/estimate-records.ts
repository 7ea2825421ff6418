import type { GitRepository } from '../open-repository.ts';
import { sinceOption, walkInput } from '../revisions.ts';
import type { LoadedHistory } from './load-commits.ts';

/** Tells how many records a pass will have in all; null until it can. */
export type RecordEstimate = (given: number) => number | null;

/**
 * Counts the commits of a walk while git prepares the walk itself, which the reader only waits for.
 * Pull requests and accounts are added by their share so far.
 */
export function estimateRecords(
  repository: GitRepository,
  { from, since }: { from: readonly string[]; since: string | null },
  loaded: LoadedHistory,
): RecordEstimate {
  let commits: number | null = null;
  const count = async (): Promise<void> => {
    const { output } = await repository.run({
      arguments: ['rev-list', '--count', ...sinceOption(since), '--stdin'],
      input: walkInput(from),
    });
    commits = Number.parseInt(output.toString('latin1'), 10);
  };
  // An estimate is a courtesy; what is wrong with the repository, the walk itself will tell.
  count().catch(() => undefined);
  return (given) => {
    const { graph, mentions } = loaded.facts;
    if (commits === null || graph.size === 0) return null;
    const share = (given + mentions.size) / graph.size;
    return graph.size >= commits ? given + mentions.size : Math.round(commits * share);
  };
}
