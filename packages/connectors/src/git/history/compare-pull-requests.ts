import type { HistoryRecord } from './history-payload.ts';
import type { Heads, Tally } from './history-state.ts';
import type { LoadedHistory } from './load-commits.ts';
import type { PassPlan } from './plan-pass.ts';
import { findPullRequests, markMainline } from './pull-requests.ts';

/** The pull requests of a pass beside those that were known before it. */
export interface ComparedPullRequests {
  /** Yields the records of those that are new. */
  records(): Generator<HistoryRecord>;
  /** Record ids of those that are no longer there; known once `records` has ended. */
  gone(): string[];
  /** Record ids of all that are there; known once `records` has ended. */
  recordIds(): ReadonlySet<string>;
  /** What the pass has counted; known once `records` has ended. */
  tally(): Tally;
}

/** Compares the pull requests on the target's default branch with those on the one read before. */
export function comparePullRequests(
  { plan, target }: { plan: PassPlan; target: Heads },
  loaded: LoadedHistory,
): ComparedPullRequests {
  const { facts } = loaded;
  const known = new Set<string>();
  if (plan.kind === 'difference' && plan.oldHead !== null) {
    for (const { records } of pullRequestsOf(loaded, plan.oldHead, target.branch)) {
      for (const { externalId } of records) known.add(externalId);
    }
  }
  const present = new Set<string>();
  const tally: Tally = { ...loaded.tally };
  return {
    *records() {
      if (target.sha === null) return;
      for (const found of pullRequestsOf(loaded, target.sha, target.branch)) {
        if (found.method === 'merge') tally.merges += 1;
        else tally.squashes += 1;
        if (found.lacksAuthorTime) tally.squashesWithoutAuthorTime += 1;
        if (found.beginsAfterMerge) tally.beginsAfterMerge += 1;
        for (const record of found.records) {
          present.add(record.externalId);
          if (!known.has(record.externalId)) yield record;
        }
      }
      const boundary = plan.kind === 'onward' ? facts.graph.indexOf(plan.boundary) : undefined;
      tally.directCommits += countDirect(loaded, target.sha, boundary);
    },
    gone: () => [...known].filter((id) => !present.has(id)),
    recordIds: () => present,
    tally: () => tally,
  };
}

function* pullRequestsOf({ facts }: LoadedHistory, sha: string, branch: string | null) {
  const head = facts.graph.indexOf(sha);
  if (head !== undefined) yield* findPullRequests(facts, markMainline(facts, head), branch);
}

/** Commits that the default branch took without a pull request that git shows. */
function countDirect({ facts }: LoadedHistory, sha: string, boundary: number | undefined): number {
  const head = facts.graph.indexOf(sha);
  if (head === undefined) return 0;
  const mainline = markMainline(facts, head);
  let direct = 0;
  for (let index = 0; index < facts.graph.size; index += 1) {
    const isMainline = mainline[index] === 1 && index !== boundary;
    if (isMainline && !facts.graph.isMerge(index) && !facts.mentions.has(index)) direct += 1;
  }
  return direct;
}
