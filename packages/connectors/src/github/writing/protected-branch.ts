import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { GithubAccess } from './access.ts';

const branchSchema = z.object({ protected: z.boolean().nullish() });

/** Returns whether a rule or a ruleset protects a branch; null where GitHub does not tell. */
export async function isProtectedBranch(
  access: GithubAccess,
  repository: string,
  branch: string,
): Promise<boolean | null> {
  try {
    // One segment as published: a slash in the name is escaped, unlike in a path below git/.
    const path = `/repos/${repository}/branches/${encodeURIComponent(branch)}`;
    return (await access.find(path, branchSchema, 'this branch'))?.protected ?? null;
  } catch (error) {
    // What a policy may ask is no reason to fail: not known counts against the action.
    if (AdjutantError.isInstance(error) && error.code === 'Permission') return null;
    throw error;
  }
}
