import { dirname, join, resolve } from 'node:path';
import { policyFileName } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from './command-context.ts';
import { checkedPath, statIfThere, thisUser } from './config/checked-file.ts';
import { loadConfig } from './config/load-config.ts';

/**
 * Returns the policy file that is asked for: the named one, else the one beside the configuration,
 * else the nearest upward; null where there is none. One that only lies here is not read before a
 * person trusts what it lies beside; and one beside no configuration is no link, because nobody was
 * asked about where it leads.
 * @throws AdjutantError `NotTrusted`, `Configuration`
 */
export async function findPolicy(
  context: CommandContext,
  named: string | undefined,
): Promise<string | null> {
  const { cwd } = context.io;
  if (named !== undefined) return resolve(cwd, named);
  const { path: config, isNamed } = await loadConfig(context);
  if (config !== null) {
    const beside = join(dirname(config), policyFileName);
    if (statIfThere(beside) === null) return null;
    return isNamed ? beside : checkedPath(beside, thisUser());
  }
  return nearestPolicy(cwd);
}

function nearestPolicy(cwd: string): string | null {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const path = join(folder, policyFileName);
    const found = statIfThere(path);
    if (found?.isFile() === true) return checkedPath(path, thisUser());
    if (found !== null) {
      throw new AdjutantError('Configuration', `${path} is no file but a link or something else.`, {
        hint: 'Name the policy you mean: adjutant policy check <file>',
      });
    }
    if (dirname(folder) === folder) return null;
  }
}
