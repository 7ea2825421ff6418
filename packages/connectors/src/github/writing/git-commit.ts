import { z } from 'zod';
import type { GithubAccess } from './access.ts';
import type { ReadRepository } from './read-repository.ts';

const personSchema = z.object({ name: z.string(), email: z.string(), date: z.string() });
const commitSchema = z.object({
  sha: z.string(),
  message: z.string(),
  tree: z.object({ sha: z.string() }),
  parents: z.array(z.object({ sha: z.string() })),
  author: personSchema,
});
export type GitCommit = z.infer<typeof commitSchema>;
const refSchema = z.object({ ref: z.string(), object: z.object({ sha: z.string() }) });

/** Returns a commit as git has it. @throws AdjutantError `NotFound` */
export async function readCommit(
  access: GithubAccess,
  { path }: Pick<ReadRepository, 'path'>,
  sha: string,
): Promise<GitCommit> {
  return await access.get(`${path}/git/commits/${sha}`, commitSchema, 'this commit');
}

/** Returns the commit that a branch names; null where there is no such branch. */
export async function findBranch(
  access: GithubAccess,
  { path }: Pick<ReadRepository, 'path'>,
  branch: string,
): Promise<string | null> {
  const found = await access.find(
    `${path}/git/ref/heads/${inPath(branch)}`,
    refSchema,
    'this branch',
  );
  return found?.object.sha ?? null;
}

/** Returns a branch's name as a part of a path: its slashes stay. */
export function inPath(branch: string): string {
  return branch.split('/').map(encodeURIComponent).join('/');
}
