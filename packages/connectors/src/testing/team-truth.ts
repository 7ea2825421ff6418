/** One pull request as the generator made it. */
export interface TrueMerge {
  repository: string;
  /** The commit that brought it in. */
  sha: string;
  number: number;
  mergedAt: number;
  /** Null where the squash hides it. */
  firstCommitAt: number | null;
  /** When the first tag that contains it was made; null where none does yet. */
  taggedAt: number | null;
  /**
   * When it was deployed, where every tag is a deployment. What the first of a repository carried
   * is known of its own commit only, so merges before that one are null.
   */
  deployedAt: number | null;
  authorEmail: string;
}

export interface TrueRepository {
  name: string;
  path: string;
  style: 'merge' | 'squash' | 'mixed';
  commits: number;
  merges: number;
  tags: number;
  reverts: number;
  agentMarkedCommits: number;
}

/** What the generator knows, by its own book-keeping and not by reading what it wrote. */
export interface TeamTruth {
  /** The generated days, half open. */
  window: { from: number; to: number };
  humans: number;
  serviceBots: number;
  codingAgents: number;
  repositories: TrueRepository[];
  commits: number;
  merges: number;
  tags: number;
  reverts: number;
  /** Commits that carry a coding agent's mark, as author or in a trailer. */
  agentMarkedCommits: number;
  mergesPerWeek: number;
  /** Over the merges that show their first commit. @unit hours */
  firstCommitToMergeP50Hours: number;
  firstCommitToMergeCount: number;
  /** Over the merges that a tag contains. @unit hours */
  mergeToTagP50Hours: number;
  mergeToTagCount: number;
  /** Over the merges that show their first commit and their deployment. @unit hours */
  leadTimeP50Hours: number;
  leadTimeCount: number;
  /** Merges that no tag contains yet. */
  waitingForTag: number;
  /** Where every tag is a deployment. */
  deploymentsPerWeek: number;
  deployedAt: number[];
  pullRequests: TrueMerge[];
}

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;

/** Returns the median, the mean of the middle two for an even number. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}

/** Returns the totals of what was generated. */
export function sumUpTeam(
  window: TeamTruth['window'],
  people: Pick<TeamTruth, 'humans' | 'serviceBots' | 'codingAgents'>,
  repositories: TrueRepository[],
  pullRequests: TrueMerge[],
  deployedAt: number[],
): TeamTruth {
  const total = (key: 'commits' | 'merges' | 'tags' | 'reverts' | 'agentMarkedCommits'): number =>
    repositories.reduce((sum, repository) => sum + repository[key], 0);
  const weeks = (window.to - window.from) / weekMs;
  const toMerge: number[] = [];
  const toTag: number[] = [];
  const lead: number[] = [];
  for (const { mergedAt, firstCommitAt, taggedAt, deployedAt: at } of pullRequests) {
    if (firstCommitAt !== null) toMerge.push((mergedAt - firstCommitAt) / hourMs);
    if (taggedAt !== null) toTag.push((taggedAt - mergedAt) / hourMs);
    if (firstCommitAt !== null && at !== null) lead.push((at - firstCommitAt) / hourMs);
  }
  return {
    window,
    ...people,
    repositories,
    commits: total('commits'),
    merges: total('merges'),
    tags: total('tags'),
    reverts: total('reverts'),
    agentMarkedCommits: total('agentMarkedCommits'),
    mergesPerWeek: total('merges') / weeks,
    firstCommitToMergeP50Hours: medianOf(toMerge),
    firstCommitToMergeCount: toMerge.length,
    mergeToTagP50Hours: medianOf(toTag),
    mergeToTagCount: toTag.length,
    leadTimeP50Hours: medianOf(lead),
    leadTimeCount: lead.length,
    waitingForTag: pullRequests.length - toTag.length,
    deploymentsPerWeek: deployedAt.length / weeks,
    deployedAt: deployedAt.toSorted((a, b) => a - b),
    pullRequests,
  };
}
