import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { GithubAccess } from './access.ts';
import type { ReadRepository } from './read-repository.ts';

const accountSchema = z.object({ id: z.number(), login: z.string() });
const threadSchema = z.object({
  id: z.number(),
  node_id: z.string(),
  number: z.number(),
  title: z.string(),
  state: z.string(),
  locked: z.boolean().nullish(),
  html_url: z.string().nullish(),
  user: accountSchema.nullish(),
  assignees: z.array(accountSchema).nullish(),
});

const issueSchema = threadSchema.extend({
  labels: z.array(z.union([z.string(), z.object({ name: z.string() })])).nullish(),
  pull_request: z.unknown().optional(),
});
export type ReadIssue = z.infer<typeof issueSchema>;

const pullRequestSchema = threadSchema.extend({
  draft: z.boolean().nullish(),
  merged: z.boolean().nullish(),
  merge_commit_sha: z.string().nullish(),
  commits: z.number().nullish(),
  changed_files: z.number().nullish(),
  head: z.object({ ref: z.string(), sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
  requested_reviewers: z.array(accountSchema).nullish(),
  requested_teams: z.array(z.object({ id: z.number(), slug: z.string() })).nullish(),
});
export type ReadPullRequest = z.infer<typeof pullRequestSchema>;
export type ReadThread = z.infer<typeof threadSchema> & Partial<ReadPullRequest>;

/** Returns a pull request. @throws AdjutantError `NotFound` */
export async function readPullRequest(
  access: GithubAccess,
  repository: ReadRepository,
  number: number,
): Promise<ReadPullRequest> {
  const path = `${repository.path}/pulls/${number}`;
  return await access.get(path, pullRequestSchema, 'this pull request');
}

/**
 * Returns an issue that is no pull request: those have actions of their own.
 * @throws AdjutantError `NotFound`, `InvalidInput` for a pull request
 */
export async function readIssue(
  access: GithubAccess,
  repository: ReadRepository,
  number: number,
): Promise<ReadIssue> {
  const issue = await access.get(`${repository.path}/issues/${number}`, issueSchema, 'this issue');
  if (issue.pull_request === undefined || issue.pull_request === null) return issue;
  throw new AdjutantError('InvalidInput', `${number} is a pull request, not an issue.`, {
    source: 'github',
    hint: 'Use the action for pull requests.',
  });
}

/** Returns what of a thread every decision is bound to. */
export function boundThread(thread: ReadThread) {
  return { threadId: thread.node_id, number: thread.number, state: thread.state } as const;
}

/** Returns the accounts that a change on a thread reaches for sure. */
export function loginsOf(thread: ReadThread): string[] {
  return [
    ...(thread.user === null || thread.user === undefined ? [] : [thread.user.login]),
    ...(thread.assignees ?? []).map(({ login }) => login),
    ...(thread.requested_reviewers ?? []).map(({ login }) => login),
  ];
}

/** Returns the teams that are asked to review. */
export function teamsOf(thread: ReadThread, { owner }: ReadRepository): string[] {
  return (thread.requested_teams ?? []).map(({ slug }) => `${owner}/${slug}`);
}

/** Returns the target of an action on a thread. */
export function threadTarget(thread: ReadThread, { fullName }: ReadRepository) {
  return {
    source: 'github',
    externalId: thread.node_id,
    ref: `${fullName}#${thread.number}`,
    url: thread.html_url ?? null,
  };
}
