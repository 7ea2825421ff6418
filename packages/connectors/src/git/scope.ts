import type { ConnectorContext, Scope } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { GitConfig } from './config.ts';
import { findDefaultBranch } from './default-branch.ts';
import { type GitRepository, identifyRepository, openRepository } from './open-repository.ts';

const detailSchema = z.object({ path: z.string(), defaultBranch: z.string().nullable() });
type GitScopeDetail = z.infer<typeof detailSchema>;

/**
 * Yields one scope per repository; a second clone or worktree of the same one is left out. One that
 * cannot be opened does not keep the others from being read: its error comes last.
 */
export async function* discoverRepositories(
  context: ConnectorContext<GitConfig>,
): AsyncGenerator<Scope> {
  const { config, logger, signal } = context;
  const seen = new Set<string>();
  let firstError: AdjutantError | null = null;
  for (const path of config.repositories) {
    try {
      const scope = await toScope(path, config, signal);
      if (seen.has(scope.externalId)) {
        const { externalId } = scope;
        logger.log('warn', 'A repository is named twice; it is read once.', { externalId });
        continue;
      }
      seen.add(scope.externalId);
      yield scope;
    } catch (error) {
      if (!AdjutantError.isInstance(error)) throw error;
      firstError ??= error;
    }
  }
  if (firstError !== null) throw firstError;
}

async function toScope(path: string, config: GitConfig, signal: AbortSignal): Promise<Scope> {
  const named = config.repositories;
  const repository = await openRepository(path, { signal, named });
  const { externalId, name } = await identifyRepository(repository);
  const branch = await findDefaultBranch(repository, config.defaultBranch);
  const detail: GitScopeDetail = {
    path: repository.commonDirectory,
    defaultBranch: branch?.name ?? null,
  };
  return { externalId, name, detail: { ...detail } };
}

/** Opens the repository that a scope stands for. */
export async function openScope(
  scope: Scope,
  { config, signal }: Pick<ConnectorContext<GitConfig>, 'config' | 'signal'>,
): Promise<GitRepository> {
  const detail = detailSchema.safeParse(scope.detail);
  if (!detail.success) {
    throw new AdjutantError('InvalidInput', `${scope.name} was not discovered by git.`, {
      source: 'git',
      hint: 'Discover the repositories again.',
    });
  }
  return await openRepository(detail.data.path, { signal, named: config.repositories });
}
