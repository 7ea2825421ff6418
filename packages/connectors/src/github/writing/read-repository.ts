import { AdjutantError, type PreviewFact } from '@adjutant/core';
import { z } from 'zod';
import type { GithubAccess } from './access.ts';

const repositorySchema = z.object({
  id: z.number(),
  node_id: z.string(),
  full_name: z.string(),
  private: z.boolean().nullish(),
  visibility: z.string().nullish(),
  archived: z.boolean().nullish(),
  default_branch: z.string(),
  owner: z.object({ login: z.string(), type: z.string().nullish() }),
});

/** What of a repository every action needs. */
export interface ReadRepository {
  id: number;
  fullName: string;
  owner: string;
  defaultBranch: string;
  isArchived: boolean;
  /** Null where GitHub does not say. */
  isPublic: boolean | null;
  /** Path of its REST resources. */
  path: string;
}

/** Returns a repository by the name that a payload gives. */
export async function readRepository(access: GithubAccess, name: string): Promise<ReadRepository> {
  const found = await access.get(`/repos/${name}`, repositorySchema, 'this repository');
  return {
    id: found.id,
    fullName: found.full_name,
    owner: found.owner.login,
    defaultBranch: found.default_branch,
    isArchived: found.archived === true,
    isPublic: isPublic(found),
    path: `/repos/${found.full_name}`,
  };
}

/**
 * Refuses a name that has passed to another: who decides must read the name under which it happens.
 * @throws AdjutantError `InvalidInput`
 */
export function requireName(current: string, given: string): void {
  if (current.toLowerCase() === given.toLowerCase()) return;
  throw new AdjutantError('InvalidInput', 'The repository has another name now.', {
    source: 'github',
    hint: `Propose it for ${current}.`,
  });
}

/** An internal repository is read by a whole enterprise, which is not the public. */
function isPublic({
  private: isPrivate,
  visibility,
}: Pick<z.infer<typeof repositorySchema>, 'private' | 'visibility'>): boolean | null {
  if (visibility === 'public') return true;
  if (visibility === 'private' || visibility === 'internal') return false;
  return typeof isPrivate === 'boolean' ? !isPrivate : null;
}

/** Returns the fact that every preview begins with. */
export function repositoryFact({
  fullName,
  isPublic: shown,
  isArchived,
}: ReadRepository): PreviewFact {
  const audience = shown === null ? 'visibility unknown' : shown ? 'public' : 'not public';
  const value = `${fullName} (${audience}${isArchived ? ', archived' : ''})`;
  return { label: 'Repository', value, tone: isArchived ? 'warning' : 'plain' };
}

/** Returns what of a repository every decision is bound to. */
export function boundRepository({ id, fullName, isPublic: shown }: ReadRepository) {
  return { repositoryId: id, repository: fullName, public: shown } as const;
}
