import { claimReachable, type CommitGraph } from '../commit-graph.ts';
import { toInstant } from '../instants.ts';
import type { PullRequestMention } from '../pull-request-subject.ts';
import { type HistoryRecord, pullRequestRecordId } from './history-payload.ts';

/** Commits in one record; a merge of ten thousand must not become one row-writing stall. */
const commitsPerRecord = 500;

/** What is kept of each commit for the pull requests that are found when all have been read. */
export interface GraphFacts {
  graph: CommitGraph;
  /** Commits whose message names a pull request or branch, by position. */
  mentions: ReadonlyMap<number, PullRequestMention>;
  /** Merges of the default branch into itself: both sides are mainline. */
  syncs: ReadonlySet<number>;
  authoredSeconds(index: number): number | null;
  committedSeconds(index: number): number | null;
  authorId(index: number): string | null;
}

/**
 * Marks the commits that the default branch itself has had as its tip: first parents all the way,
 * and both sides where the branch was merged into itself (a pull before a push), which would
 * otherwise hide every pull request merged in between.
 */
export function markMainline(facts: GraphFacts, head: number): Uint8Array {
  const { graph, syncs } = facts;
  const marks = new Uint8Array(graph.size);
  const open = [head];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (marks[index] !== 0) continue;
    marks[index] = 1;
    const first = graph.firstParent(index);
    if (first !== null && first >= 0) open.push(first);
    if (syncs.has(index)) for (const parent of graph.otherParents(index)) open.push(parent);
  }
  return marks;
}

export interface FoundPullRequest {
  index: number;
  records: HistoryRecord[];
  method: 'merge' | 'squash';
  /** Squashed with the author's time set to the commit's: when work began is unknown. */
  lacksAuthorTime: boolean;
  /** Its first commit is dated after its merge. */
  beginsAfterMerge: boolean;
}

/**
 * Yields the pull requests of a mainline, oldest first. Each commit belongs to the first that brought
 * it in, and what an unnamed merge brought in belongs to none.
 */
export function* findPullRequests(
  facts: GraphFacts,
  mainline: Uint8Array,
  base: string | null,
): Generator<FoundPullRequest> {
  const { graph, mentions } = facts;
  const claimed = mainline.slice();
  for (let index = 0; index < graph.size; index += 1) {
    if (mainline[index] !== 1) continue;
    const mention = mentions.get(index);
    if (graph.isMerge(index)) {
      const branch = claimReachable(graph, graph.otherParents(index), claimed);
      if (mention !== undefined) yield mergedPullRequest(facts, index, mention, branch, base);
    } else if (mention !== undefined) yield squashedPullRequest(facts, index, mention, base);
  }
}

function mergedPullRequest(
  facts: GraphFacts,
  index: number,
  mention: PullRequestMention,
  branch: readonly number[],
  base: string | null,
): FoundPullRequest {
  const { graph } = facts;
  const mergedSeconds = facts.committedSeconds(index);
  let first: number | null = null;
  for (const commit of branch) {
    const seconds = facts.authoredSeconds(commit);
    if (toInstant(seconds) !== null && seconds !== null && (first === null || seconds < first)) {
      first = seconds;
    }
  }
  const beginsAfterMerge = first !== null && mergedSeconds !== null && first > mergedSeconds;
  // Who began the branch made the change; who pressed the button did not. The lowest position is
  // the branch's root: a date can be carried over from elsewhere by a cherry-pick.
  const begin = branch.find((commit) => !graph.isMerge(commit)) ?? branch[0] ?? index;
  const head = graph.otherParents(index)[0];
  return {
    index,
    method: 'merge',
    lacksAuthorTime: false,
    beginsAfterMerge,
    records: toRecords(
      graph.shaAt(index),
      branch.map((commit) => graph.shaAt(commit)),
      {
        ...mention,
        method: 'merge',
        authorId: facts.authorId(begin),
        mergedSeconds,
        firstCommitSeconds: beginsAfterMerge ? null : first,
        headSha: head === undefined ? null : graph.shaAt(head),
        base,
      },
    ),
  };
}

function squashedPullRequest(
  facts: GraphFacts,
  index: number,
  mention: PullRequestMention,
  base: string | null,
): FoundPullRequest {
  const sha = facts.graph.shaAt(index);
  const authored = facts.authoredSeconds(index);
  const mergedSeconds = facts.committedSeconds(index);
  const lacksAuthorTime = authored === mergedSeconds;
  const beginsAfterMerge = authored !== null && mergedSeconds !== null && authored > mergedSeconds;
  return {
    index,
    method: 'squash',
    lacksAuthorTime,
    beginsAfterMerge,
    records: toRecords(sha, [sha], {
      ...mention,
      method: 'squash',
      authorId: facts.authorId(index),
      mergedSeconds,
      firstCommitSeconds: lacksAuthorTime || beginsAfterMerge ? null : authored,
      headSha: null,
      base,
    }),
  };
}

interface RecordFields extends PullRequestMention {
  method: 'merge' | 'squash';
  authorId: string | null;
  mergedSeconds: number | null;
  firstCommitSeconds: number | null;
  headSha: string | null;
  base: string | null;
}

function toRecords(sha: string, commits: readonly string[], fields: RecordFields): HistoryRecord[] {
  const records: HistoryRecord[] = [];
  for (let part = 0; part === 0 || part * commitsPerRecord < commits.length; part += 1) {
    records.push({
      externalId: pullRequestRecordId(sha, part),
      payload: {
        kind: 'pull_request',
        sha,
        part,
        ...fields,
        commits: commits.slice(part * commitsPerRecord, (part + 1) * commitsPerRecord),
      },
    });
  }
  return records;
}
