import { createRandom } from '../../../testing/random.ts';
import type { MadeHistory, MadeTeam } from '../../../testing/team-history.ts';
import { createGithubData, type GithubData } from '../data/github-data.ts';
import type { TwinRepository } from '../data/records.ts';
import { createTeamAccounts, type TeamAccounts } from './team-accounts.ts';
import { addDeployments, firstDeployments } from './team-deployments.ts';
import {
  type GithubTeamCounts,
  type GithubTeamTruth,
  sumUpGithubTeam,
  type TrueGithubDeployment,
  type TrueGithubPullRequest,
} from './team-github-truth.ts';
import { addMergedPullRequest, type TeamPlace } from './team-merged-pull-request.ts';
import { addIssues, addUnmergedPullRequests } from './team-unmerged-work.ts';

export interface GithubTeam {
  data: GithubData;
  truth: GithubTeamTruth;
}

const organizationLogin = 'acme';

/**
 * Shows a generated team as GitHub would: the same commits, people and pull-request numbers, and
 * what git has no place for. The truth is kept while it is made, and read back from nothing.
 */
export function githubDataFromTeam(team: MadeTeam): GithubTeam {
  const { window } = team.truth;
  const data = createGithubData();
  const accounts = createTeamAccounts(data, organizationLogin, team.members);
  data.viewer = accounts.people[0] ?? data.viewer;
  const pullRequests: TrueGithubPullRequest[] = [];
  const deployments: TrueGithubDeployment[] = [];
  const places = team.histories.map((history, at): [MadeHistory, TeamPlace] => {
    // Not the numbers that made git: whatever is added here leaves the team as it was.
    const random = createRandom(team.seed * 1_000 + at + 1);
    const repository = addRepository(data, accounts, history, window.from);
    return [history, { data, random, accounts, repository, window }];
  });
  addTeams(
    data,
    accounts,
    places.map(([, { repository }]) => repository),
  );
  const counts: GithubTeamCounts = {
    openPullRequests: 0,
    draftPullRequests: 0,
    closedPullRequests: 0,
    reviews: 0,
    issues: 0,
    openIssues: 0,
    members: accounts.organization.members.length,
    teams: accounts.organization.teams.length,
  };
  for (const [history, place] of places) {
    const deployed = addDeployments(place, history);
    deployments.push(...deployed);
    pullRequests.push(...addThreads(place, history, deployed, counts));
  }
  return { data, truth: sumUpGithubTeam(window, pullRequests, deployments, counts) };
}

function addRepository(
  data: GithubData,
  accounts: TeamAccounts,
  history: MadeHistory,
  createdAt: number,
): TwinRepository {
  const repository = data.addRepository(accounts.organization, {
    name: history.name,
    createdAt,
    headOid: history.headSha,
    files: new Map(Object.entries(history.files)),
  });
  for (const { sha, message, parents, author, committer, at } of history.commits) {
    data.addCommit(repository, {
      oid: sha,
      at,
      message,
      parents,
      author: accounts.personOf(author, at),
      committer: accounts.personOf(committer, at),
    });
    repository.pushedAt = Math.max(repository.pushedAt, at);
  }
  repository.updatedAt = repository.pushedAt;
  return repository;
}

/** One team for all, and below it one for each repository, named as the owners in its files are. */
function addTeams(
  data: GithubData,
  { organization, people }: TeamAccounts,
  repositories: readonly TwinRepository[],
): void {
  const [lead] = people;
  const parent = data.addTeam(organization, {
    slug: 'engineering',
    name: 'Engineering',
    maintainers: lead === undefined ? [] : [lead],
  });
  for (const [at, repository] of repositories.entries()) {
    data.addTeam(organization, {
      slug: repository.name,
      name: `Team ${repository.name}`,
      parent,
      members: people.filter((_, place) => place % repositories.length === at),
      repositories: [repository],
    });
  }
}

function addThreads(
  place: TeamPlace,
  history: MadeHistory,
  deployed: readonly TrueGithubDeployment[],
  counts: GithubTeamCounts,
): TrueGithubPullRequest[] {
  const deploymentOf = firstDeployments(history, deployed);
  const merged = history.pullRequests.map((made) => addMergedPullRequest(place, made));
  const unmerged = addUnmergedPullRequests(place);
  const issues = addIssues(
    place,
    merged.map(({ request }) => request),
  );
  counts.openPullRequests += unmerged.open;
  counts.draftPullRequests += unmerged.drafts;
  counts.closedPullRequests += unmerged.closed;
  counts.issues += issues.all;
  counts.openIssues += issues.open;
  for (const { reviews } of place.repository.pullRequests.values())
    counts.reviews += reviews.length;
  return merged.map(({ truth }) => {
    const deployment = deploymentOf(truth.mergeSha);
    return {
      ...truth,
      deployedAt: deployment?.at ?? null,
      isInFirstDeployment: deployment?.isFirst ?? false,
      isDeployedCommit: deployment?.isExact ?? false,
    };
  });
}
