import { medianOf } from '../../../testing/team-truth.ts';

/** One merged pull request as the generator made it, with what only GitHub shows. */
export interface TrueGithubPullRequest {
  repository: string;
  number: number;
  mergeSha: string;
  authorLogin: string;
  authorIsBot: boolean;
  firstCommitAt: number;
  openedAt: number;
  /** Last marked ready before the first answer; the opening where it never was a draft. */
  readyAt: number;
  /** First review or comment by a human other than the author, before the merge. */
  respondedAt: number | null;
  /** Last approval by a human other than the author, before the merge. */
  approvedAt: number | null;
  mergedAt: number;
  /** End of the first successful deployment to production that contains it. */
  deployedAt: number | null;
  /** That deployment is the first ever, so nothing says what it added. */
  isInFirstDeployment: boolean;
  /** The commit that was deployed is the one that brought it in. */
  isDeployedCommit: boolean;
}

export interface TrueGithubDeployment {
  repository: string;
  environment: string;
  sha: string;
  result: 'success' | 'failure' | 'running';
  finishedAt: number | null;
}

export interface TrueDuration {
  /** @unit hours */
  p50Hours: number;
  count: number;
}

/** What the generator knows beyond git, by its own book-keeping. */
export interface GithubTeamTruth {
  window: { from: number; to: number };
  /** Merged ones in the order in which they were made. */
  pullRequests: readonly TrueGithubPullRequest[];
  deployments: readonly TrueGithubDeployment[];
  openPullRequests: number;
  draftPullRequests: number;
  closedPullRequests: number;
  reviews: number;
  issues: number;
  openIssues: number;
  members: number;
  teams: number;
  /** First commit to ready. */
  coding: TrueDuration;
  /** Ready to the first human answer. */
  pickup: TrueDuration;
  /** The first human answer to the merge. */
  review: TrueDuration;
  openToMerge: TrueDuration;
  approvalToMerge: TrueDuration;
  mergeToDeployment: TrueDuration;
  /** First commit, or the opening where it is earlier, to the end of the deployment. */
  leadTimeToDeployment: TrueDuration;
  /** The same where an earlier deployment says what this one added. */
  leadTimeAfterFirstDeployment: TrueDuration;
  /** Where the deployment is known to have brought it: not the first ever, or of its very commit. */
  leadTimeToKnownDeployment: TrueDuration;
  mergeToKnownDeployment: TrueDuration;
  /** Successful ones to production. */
  deploymentsPerWeek: number;
}

export type GithubTeamCounts = Pick<
  GithubTeamTruth,
  | 'closedPullRequests'
  | 'draftPullRequests'
  | 'issues'
  | 'members'
  | 'openIssues'
  | 'openPullRequests'
  | 'reviews'
  | 'teams'
>;

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;

/** Returns the figures of what was made. */
export function sumUpGithubTeam(
  window: GithubTeamTruth['window'],
  pullRequests: readonly TrueGithubPullRequest[],
  deployments: readonly TrueGithubDeployment[],
  counts: GithubTeamCounts,
): GithubTeamTruth {
  const between = (
    ends: (request: TrueGithubPullRequest) => readonly [number | null, number | null],
    of = pullRequests,
  ): TrueDuration => {
    const hours = of.flatMap((request) => {
      const [from, to] = ends(request);
      return from === null || to === null ? [] : [(to - from) / hourMs];
    });
    return { p50Hours: medianOf(hours), count: hours.length };
  };
  const begun = ({ firstCommitAt, openedAt }: TrueGithubPullRequest): number =>
    Math.min(firstCommitAt, openedAt);
  const delivered = pullRequests.filter(
    ({ isInFirstDeployment, isDeployedCommit }) => !isInFirstDeployment || isDeployedCommit,
  );
  const succeeded = deployments.filter(
    ({ environment, result }) => environment === 'production' && result === 'success',
  );
  return {
    window,
    pullRequests,
    deployments,
    ...counts,
    coding: between(({ firstCommitAt, readyAt }) => [firstCommitAt, readyAt]),
    pickup: between(({ readyAt, respondedAt }) => [readyAt, respondedAt]),
    review: between(({ respondedAt, mergedAt }) => [respondedAt, mergedAt]),
    openToMerge: between(({ openedAt, mergedAt }) => [openedAt, mergedAt]),
    approvalToMerge: between(({ approvedAt, mergedAt }) => [approvedAt, mergedAt]),
    mergeToDeployment: between(({ mergedAt, deployedAt }) => [mergedAt, deployedAt]),
    leadTimeToDeployment: between((request) => [begun(request), request.deployedAt]),
    leadTimeAfterFirstDeployment: between(
      (request) => [begun(request), request.deployedAt],
      pullRequests.filter(({ isInFirstDeployment }) => !isInFirstDeployment),
    ),
    leadTimeToKnownDeployment: between(
      (request) => [begun(request), request.deployedAt],
      delivered,
    ),
    mergeToKnownDeployment: between(
      ({ mergedAt, deployedAt }) => [mergedAt, deployedAt],
      delivered,
    ),
    deploymentsPerWeek: succeeded.length / ((window.to - window.from) / weekMs),
  };
}
