import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { GithubAccess } from './access.ts';
import { type GitCommit, readCommit } from './git-commit.ts';
import type { ReadRepository } from './read-repository.ts';
import type { ReadPullRequest } from './read-thread.ts';

const mostCommits = 100;
const commitsSchema = z.array(z.object({ commit: z.object({ message: z.string() }) }));

/** A change as the difference between two commits of the base branch. */
export interface LandedChange {
  /** The commit that brought the change in. */
  merge: GitCommit;
  /** What the base branch named before it. */
  before: string;
}

/**
 * Returns what a merged pull request changed on its base. A merge commit and a squash have it as
 * their difference to the first parent; of a rebase the last so many commits are taken together.
 * @throws AdjutantError `InvalidInput` where it is not merged, or cannot be told
 */
export async function readLandedChange(
  access: GithubAccess,
  repository: ReadRepository,
  pullRequest: ReadPullRequest,
): Promise<LandedChange> {
  const sha = pullRequest.merge_commit_sha ?? null;
  if (pullRequest.merged !== true || sha === null) {
    throw new AdjutantError('InvalidInput', 'The pull request is not merged.', {
      source: 'github',
      hint: 'Backport it after it is merged.',
    });
  }
  const merge = await readCommit(access, repository, sha);
  const parent = merge.parents[0]?.sha;
  if (parent === undefined) throw cannotTell();
  const count = pullRequest.commits ?? 1;
  if (merge.parents.length > 1 || count === 1) return { merge, before: parent };
  const messages = await messagesOf(access, repository, pullRequest);
  // A squash has a message of its own; the last commit of a rebase has that of the last commit.
  if (merge.message.trim() !== messages.at(-1)?.trim()) return { merge, before: parent };
  return { merge, before: await beforeRebase(access, repository, { merge, messages }) };
}

async function messagesOf(
  access: GithubAccess,
  { path }: ReadRepository,
  { number, commits }: ReadPullRequest,
): Promise<string[]> {
  if ((commits ?? 0) > mostCommits) throw cannotTell();
  const list = await access.get(
    `${path}/pulls/${number}/commits`,
    commitsSchema,
    'the commits of this pull request',
    { per_page: mostCommits },
  );
  return list.map(({ commit }) => commit.message);
}

async function beforeRebase(
  access: GithubAccess,
  repository: ReadRepository,
  { merge, messages }: { merge: GitCommit; messages: readonly string[] },
): Promise<string> {
  let current = merge;
  for (const [at, message] of messages.toReversed().entries()) {
    const [parent, ...others] = current.parents;
    if (parent === undefined || others.length > 0) throw cannotTell();
    if (current.message.trim() !== message.trim()) throw cannotTell();
    if (at === messages.length - 1) return parent.sha;
    current = await readCommit(access, repository, parent.sha);
  }
  throw cannotTell();
}

function cannotTell(): AdjutantError {
  return new AdjutantError('InvalidInput', 'Which commits brought this change in cannot be told.', {
    source: 'github',
    hint: 'Backport it by hand with git cherry-pick.',
  });
}
