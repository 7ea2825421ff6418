import type { MadeHistory } from '../../../testing/team-history.ts';
import type { TwinDeployment, TwinTag, TwinWorkflow } from '../data/records.ts';
import type { TrueGithubDeployment } from './team-github-truth.ts';
import type { TeamPlace } from './team-merged-pull-request.ts';

const secondMs = 1_000;
const minuteMs = 60_000;

/** Adds what came of the tags: releases, deployments with their statuses, and the runs behind them. */
export function addDeployments(place: TeamPlace, history: MadeHistory): TrueGithubDeployment[] {
  const { data, random, accounts, repository } = place;
  const workflow = data.addWorkflow(repository, { name: 'Deploy' });
  const truths: TrueGithubDeployment[] = [];
  let active: TwinDeployment | null = null;
  for (const made of history.tags) {
    const commit = repository.commits.get(made.sha);
    if (commit === undefined) continue;
    const tagger = made.isAnnotated
      ? { name: 'github-actions[bot]', email: '', at: made.at, actor: null }
      : null;
    const tag = data.addTag(repository, made.name, commit, tagger);
    data.addRelease(repository, { tag, createdAt: made.at, author: random.pick(accounts.people) });
    const deploy = (environment: string, at: number, result: Result) => {
      const deployment = addDeployment(place, { tag, environment, at, result });
      addRun(place, workflow, deployment, result);
      truths.push(truthOf(place, deployment, result));
      return deployment;
    };
    deploy('staging', made.at + minuteMs, 'success');
    let at = made.at + 10 * minuteMs;
    if (random.chance(0.1)) {
      deploy('production', at, 'failure');
      at += random.integer(30, 55) * minuteMs;
    }
    const deployment = deploy('production', at, 'success');
    // Only one of an environment is active: the one before it is told so.
    if (active !== null) {
      data.addDeploymentStatus(active, { state: 'INACTIVE', at: deployment.updatedAt });
    }
    active = deployment;
  }
  return truths;
}

type Result = 'success' | 'failure';

function addDeployment(
  { data, random, accounts, repository }: TeamPlace,
  {
    tag,
    environment,
    at,
    result,
  }: { tag: TwinTag; environment: string; at: number; result: Result },
): TwinDeployment {
  const deployment = data.addDeployment(repository, {
    environment,
    commit: tag.commit,
    refName: tag.name,
    createdAt: at,
    creator: accounts.workflowBot,
  });
  const finishedAt = at + random.integer(3, 20) * minuteMs;
  data.addDeploymentStatus(deployment, { state: 'QUEUED', at: at + 5 * secondMs });
  data.addDeploymentStatus(deployment, { state: 'IN_PROGRESS', at: at + 30 * secondMs });
  const state = result === 'success' ? 'SUCCESS' : 'FAILURE';
  data.addDeploymentStatus(deployment, { state, at: finishedAt });
  return deployment;
}

function addRun(
  { data, accounts }: TeamPlace,
  workflow: TwinWorkflow,
  { commit, createdAt, updatedAt, refName }: TwinDeployment,
  conclusion: Result,
): void {
  data.addWorkflowRun(workflow, {
    headSha: commit.oid,
    headBranch: refName,
    actor: accounts.workflowBot,
    createdAt,
    startedAt: createdAt + 5 * secondMs,
    updatedAt,
    conclusion,
  });
}

function truthOf(
  { repository }: TeamPlace,
  { environment, commit, updatedAt }: TwinDeployment,
  result: Result,
): TrueGithubDeployment {
  return {
    repository: repository.name,
    environment,
    sha: commit.oid,
    result,
    finishedAt: updatedAt,
  };
}

/** Returns where each merge came to users: the first successful deployment whose tag contains it. */
export function firstDeployments(
  history: MadeHistory,
  deployments: readonly TrueGithubDeployment[],
): (mergeSha: string) => { at: number; isFirst: boolean; isExact: boolean } | null {
  // Everything made before a tagged commit was merged into it: the mainline is one line.
  const order = new Map(history.commits.map(({ sha }, at) => [sha, at]));
  const succeeded = deployments
    .filter(({ environment, result }) => environment === 'production' && result === 'success')
    .toSorted((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0));
  return (mergeSha) => {
    const merged = order.get(mergeSha) ?? Number.POSITIVE_INFINITY;
    const found = succeeded.find(({ sha }) => (order.get(sha) ?? -1) >= merged);
    if (found === undefined || found.finishedAt === null) return null;
    const isFirst = found === succeeded[0];
    return { at: found.finishedAt, isFirst, isExact: found.sha === mergeSha };
  };
}
