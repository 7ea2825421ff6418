import { basename, resolve } from 'node:path';
import { createGithubData, type GithubData } from '../data/github-data.ts';
import type { TwinActor, TwinCommit, TwinRepository } from '../data/records.ts';
import { type ClonedCommit, readClone } from './read-clone.ts';

export interface ClonedGithub {
  data: GithubData;
  repository: TwinRepository;
  /** How many merges were taken for pull requests. */
  pullRequests: number;
}

export interface CloneOptions {
  /** How many of the newest commits are read. Default: 20,000. */
  commits?: number;
  /** What the repository is called. Default: the name of the folder. */
  name?: string;
}

/**
 * Shows a real clone as GitHub would, as far as git knows: its commits, and merged pull requests
 * from the subjects of merges and squashes. It has no reviews, and says nothing of when a pull
 * request was opened but the instant of its first commit.
 */
export async function githubDataFromClone(
  path: string,
  { commits: limit = 20_000, name }: CloneOptions = {},
): Promise<ClonedGithub> {
  const commits = await readClone(path, limit);
  const data = createGithubData();
  const organization = data.addOrganization('clone');
  const repository = data.addRepository(organization, {
    name: name ?? basename(resolve(path)).replace(/\.git$/, ''),
    headOid: commits.at(-1)?.sha ?? null,
    createdAt: commits[0]?.committer.at ?? 0,
  });
  const actorOf = accountsByAddress(data);
  for (const { sha, parents, message, author, committer } of commits) {
    data.addCommit(repository, {
      at: committer.at,
      oid: sha,
      message,
      parents,
      author: { ...author, actor: actorOf(author) },
      committer: { ...committer, actor: actorOf(committer) },
    });
  }
  for (const cloned of commits) addMerge(data, repository, cloned);
  return { data, repository, pullRequests: repository.pullRequests.size };
}

/** Only a no-reply address names an account; whose the others are, GitHub alone knows. */
function accountsByAddress(data: GithubData): (person: { email: string }) => TwinActor | null {
  const byId = new Map<number, TwinActor>();
  return ({ email }) => {
    const found = /^(\d+)\+([^@]+)@users\.noreply\.github\.com$/.exec(email);
    const [, digits, login] = found ?? [];
    if (digits === undefined || login === undefined) return null;
    const id = Number(digits);
    const type = login.endsWith('[bot]') ? 'Bot' : 'User';
    const known = byId.get(id) ?? data.addActor({ id, type, login: login.replace('[bot]', '') });
    byId.set(id, known);
    return known;
  };
}

function addMerge(data: GithubData, repository: TwinRepository, cloned: ClonedCommit): void {
  const [subject = '', , ...body] = cloned.message.split('\n');
  const merge = /^Merge pull request #(\d+) from (\S+)/.exec(subject);
  const squash = /^(.*) \(#(\d+)\)$/.exec(subject);
  const number = Number(merge?.[1] ?? squash?.[2]);
  const commit = repository.commits.get(cloned.sha);
  if (!Number.isInteger(number) || commit === undefined) return;
  if (repository.pullRequests.has(number)) return;
  const branch = merge === null ? [] : branchOf(repository, cloned);
  const firstAt = Math.min(cloned.committer.at, ...branch.map(({ author }) => author.at));
  const pullRequest = data.addPullRequest(repository, {
    number,
    title: squash?.[1] ?? body[0] ?? subject,
    createdAt: firstAt,
    author: (branch[0] ?? commit).author.actor,
    commits: branch.length > 0 ? branch : [commit],
    ...(merge?.[2] === undefined ? {} : { headRefName: merge[2].replace(/^[^/]+\//, '') }),
  });
  data.merge(pullRequest, { at: cloned.committer.at, by: commit.committer.actor, commit });
}

const longestBranch = 250;

/** Follows the second parent down to what the first one already has, as far as that is easy to see. */
function branchOf({ commits }: TwinRepository, { parents }: ClonedCommit): TwinCommit[] {
  const [mainline, tip] = parents;
  const onMainline = new Set<string>();
  let at = commits.get(mainline ?? '');
  for (let step = 0; step < longestBranch && at !== undefined; step += 1) {
    onMainline.add(at.oid);
    at = commits.get(at.parents[0] ?? '');
  }
  const found: TwinCommit[] = [];
  let current = commits.get(tip ?? '');
  while (current !== undefined && !onMainline.has(current.oid) && found.length < longestBranch) {
    found.push(current);
    current = commits.get(current.parents[0] ?? '');
  }
  // Without a common commit the branch cannot be told from what it was made of.
  return current === undefined || found.length >= longestBranch ? [] : found.toReversed();
}
