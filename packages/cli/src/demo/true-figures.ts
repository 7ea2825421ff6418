import type { GithubTeamTruth, TeamTruth } from '@adjutant/connectors/testing';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** Returns merges per week over the weeks from Monday to Sunday that lie wholly inside the generated days. */
export function trueMergesPerWeek({ window, pullRequests }: TeamTruth): number {
  // getUTCDay counts from Sunday.
  const daysToMonday = (8 - new Date(window.from).getUTCDay()) % 7;
  const midnight = Math.ceil(window.from / dayMs) * dayMs;
  const first = midnight + daysToMonday * dayMs;
  const weeks = Math.floor((window.to - first) / weekMs);
  const last = first + weeks * weekMs;
  return pullRequests.filter(({ mergedAt }) => mergedAt >= first && mergedAt < last).length / weeks;
}

/** Returns deployments per day; the generator tags inside its days only. */
export function trueDeploymentsPerDay({ window, deployedAt }: TeamTruth): number {
  return deployedAt.length / ((window.to - window.from) / dayMs);
}

/** Returns successful deployments to production per day; one may end after the last of the days. */
export function trueHostDeploymentsPerDay({ window, deployments }: GithubTeamTruth): number {
  const counted = deployments.filter(
    ({ environment, result, finishedAt }) =>
      environment === 'production' &&
      result === 'success' &&
      finishedAt !== null &&
      finishedAt < window.to,
  );
  return counted.length / ((window.to - window.from) / dayMs);
}

/** Returns the share of merges that took something back. */
export function trueRevertShare({ reverts, merges }: TeamTruth): number {
  return reverts / merges;
}

/** Returns the share of the answered pull requests whose first answer came within 24 hours. */
export function trueAnsweredWithinDay({ pullRequests }: GithubTeamTruth): number {
  const waitsMs = pullRequests.flatMap(({ readyAt, respondedAt }) =>
    respondedAt === null ? [] : [respondedAt - readyAt],
  );
  return waitsMs.filter((waitMs) => waitMs <= dayMs).length / waitsMs.length;
}
