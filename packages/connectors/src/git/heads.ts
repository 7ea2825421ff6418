import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitConfig } from './config.ts';
import { findDefaultBranch } from './default-branch.ts';
import type { Heads } from './history/history-state.ts';
import type { GitRepository } from './open-repository.ts';
import { listTags } from './tags.ts';

/**
 * Returns what is to be read: the default branch, and whatever tags name, because a release may have
 * been made beside it. Other branches are work that nobody has taken in yet.
 */
export async function findHeads(repository: GitRepository, config: GitConfig): Promise<Heads> {
  const branch = await findDefaultBranch(repository, config.defaultBranch);
  const { tags } = await listTags(repository);
  const tips = new Set(tags.map((tag) => tag.sha));
  if (branch !== null) tips.delete(branch.sha);
  return {
    branch: branch?.name ?? null,
    sha: branch?.sha ?? null,
    tips: [...tips].toSorted(),
    since: config.since ?? null,
    shallow: await digestShallow(repository),
  };
}

/** Returns a digest that changes when any head does. */
export function digestHeads({ branch, sha, tips, since, shallow }: Heads): string {
  return createHash('sha256')
    .update(JSON.stringify([branch, sha, tips, since, shallow]))
    .digest('hex');
}

/** Returns the object ids that the heads name. */
export function headIds({ sha, tips }: Pick<Heads, 'sha' | 'tips'>): string[] {
  return sha === null ? [...tips] : [sha, ...tips];
}

/** Deepening a shallow clone brings older commits without moving any head. */
export async function digestShallow(repository: GitRepository): Promise<string | null> {
  if (!repository.isShallow) return null;
  const edges = await readFile(join(repository.commonDirectory, 'shallow')).catch(() => '');
  return createHash('sha256').update(edges).digest('base64url').slice(0, 16);
}
