import { basename } from 'node:path';
import { AdjutantError, silentLogger } from '@adjutant/core/ports';
import { git } from '@adjutant/connectors/git';
import type { CommandContext } from '../command-context.ts';
import { owningTeams, readCodeowners } from './codeowners.ts';
import { canIgnoreStore, cloneAround } from './git-ignore.ts';
import type { Surroundings } from './init-answers.ts';

/** Returns what `adjutant init` can propose here. */
export async function lookAround(context: CommandContext): Promise<Surroundings> {
  const folder = context.io.cwd;
  const clone = cloneAround(folder);
  const codeowners = clone === null ? null : readCodeowners(clone);
  const repository = clone === null ? null : await repositoryName(context, folder);
  return {
    folder,
    repository,
    teams: codeowners === null ? [] : owningTeams(codeowners),
    canIgnoreStore: canIgnoreStore(folder),
  };
}

/** The name by which the connector will know this repository, so that teams can own it. */
async function repositoryName({ io, clock }: CommandContext, folder: string): Promise<string> {
  const { config, definition } = git({ repositories: [folder] });
  const context = {
    config,
    clock,
    logger: silentLogger,
    fetch: globalThis.fetch,
    signal: io.signal,
  };
  try {
    for await (const { externalId, name } of definition.discover(context)) {
      return externalId.startsWith('local/') ? name : externalId;
    }
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
  }
  return basename(folder);
}
