import { AdjutantError, type ConnectorContext, type Scope } from '@adjutant/core';
import { z } from 'zod';
import type { GitConfig } from './config.ts';
import { findDefaultBranch } from './default-branch.ts';
import { type GitRepository, identifyRepository, openRepository } from './open-repository.ts';

const detailSchema = z.object({ path: z.string(), defaultBranch: z.string().nullable() });
type GitScopeDetail = z.infer<typeof detailSchema>;

/** Yields one scope per repository; a second clone or worktree of the same one is left out. */
export async function* discoverRepositories(
  context: ConnectorContext<GitConfig>,
): AsyncGenerator<Scope> {
  const { config, logger, signal } = context;
  const seen = new Set<string>();
  for (const path of config.repositories) {
    const repository = await openRepository(path, signal);
    const { externalId, name } = await identifyRepository(repository);
    if (seen.has(externalId)) {
      logger.log('warn', 'A repository is named twice; it is read once.', { externalId });
      continue;
    }
    seen.add(externalId);
    const branch = await findDefaultBranch(repository, config.defaultBranch);
    const detail: GitScopeDetail = {
      path: repository.commonDirectory,
      defaultBranch: branch?.name ?? null,
    };
    yield { externalId, name, detail };
  }
}

/** Opens the repository that a scope stands for. */
export async function openScope(scope: Scope, signal: AbortSignal): Promise<GitRepository> {
  const detail = detailSchema.safeParse(scope.detail);
  if (!detail.success) {
    throw new AdjutantError('InvalidInput', `${scope.name} was not discovered by git.`, {
      source: 'git',
      hint: 'Discover the repositories again.',
    });
  }
  return await openRepository(detail.data.path, signal);
}
