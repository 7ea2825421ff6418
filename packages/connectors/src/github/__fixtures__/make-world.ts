import type { TwinActor, TwinRepository } from '../testing/data/records.ts';
import {
  type GeneratedGithubRepository,
  generateGithubRepository,
} from '../testing/generate-github-repository.ts';

const dayMs = 86_400_000;

export interface WorldOptions {
  pullRequests: number;
  overflowShare?: number;
  seed?: number;
  issues?: number;
  /** When everything is over. */
  to: number;
}

export interface MadeWorld extends GeneratedGithubRepository {
  people: TwinActor[];
}

/** Returns a repository with pull requests, issues, releases, deployments, runs of workflows and teams. */
export function makeWorld({ pullRequests, overflowShare = 0, seed = 7, issues = 12, to }: WorldOptions): MadeWorld {
  const generated = generateGithubRepository({ pullRequests, overflowShare, seed, to });
  const { data, repository, truth } = generated;
  const { owner } = repository;
  const people = owner.members.map(({ actor }) => actor);
  const [ada, grace, linus] = people;
  if (ada === undefined || grace === undefined || linus === undefined) throw new Error('No people.');
  const platform = data.addTeam(owner, { slug: 'platform', maintainers: [ada], members: [grace] });
  data.addTeam(owner, { slug: 'platform-web', parent: platform, members: [linus] });
  const bug = data.addLabel(repository, 'bug');
  for (let at = 0; at < issues; at += 1) {
    const createdAt = to - (issues - at + 10) * dayMs;
    const issue = data.addIssue(repository, { title: `Issue ${at}`, createdAt, author: grace });
    data.addEvent(issue, 'LabeledEvent', { at: createdAt + 1_000, actor: ada, label: bug });
    issue.labels.push(bug);
    if (at % 2 === 0) data.close(issue, { at: createdAt + 3_600_000, by: ada });
  }
  const merged = [...repository.pullRequests.values()].flatMap(({ mergeCommit }) => mergeCommit ?? []);
  addDelivery({ data, repository, merged, ada });
  return { data, repository, truth, people };
}

function addDelivery({
  data,
  repository,
  merged,
  ada,
}: {
  data: ReturnType<typeof generateGithubRepository>['data'];
  repository: TwinRepository;
  merged: readonly NonNullable<TwinRepository['releases'][number]['tag']['commit']>[];
  ada: TwinRepository['owner']['members'][number]['actor'];
}): void {
  const workflow = data.addWorkflow(repository, { name: 'Deploy' });
  for (const [at, commit] of merged.entries()) {
    const createdAt = commit.committer.at + 60_000;
    if (at % 5 === 0) {
      data.addWorkflowRun(workflow, { createdAt, actor: ada, headSha: commit.oid });
      const deployment = data.addDeployment(repository, {
        createdAt,
        commit,
        creator: ada,
        environment: 'production',
      });
      data.addDeploymentStatus(deployment, { at: createdAt + 60_000, state: 'IN_PROGRESS' });
      const state = at % 15 === 0 ? 'FAILURE' : 'SUCCESS';
      data.addDeploymentStatus(deployment, { at: createdAt + 120_000, state });
    }
    if (at % 20 === 0) {
      const tag = data.addTag(repository, `v1.${at}`, commit);
      data.addRelease(repository, { tag, createdAt, author: ada });
    }
  }
}
