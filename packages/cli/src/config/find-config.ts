import { statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { Io } from '../io.ts';
import { anyUser, checkedPath, statIfThere, thisUser } from './checked-file.ts';

export const configFileName = 'adjutant.config.yaml';

/** Names files, from the root, that a person trusts by setting it: for containers and services. */
export const trustedVariable = 'ADJUTANT_TRUSTED_CONFIG';

export interface FoundConfig {
  /** Where the file really lies, links followed. */
  path: string;
  /** Whether the environment names it as trusted. */
  isNamed: boolean;
}

/**
 * Returns the configuration: the one asked for, else the nearest upward; null where there is none.
 * One that others own or may change is refused and never skipped: what lies further up is not what
 * the person means.
 * @throws AdjutantError `Configuration` where the one asked for is not a file, or is not to be believed
 */
export function findConfig(
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
  asked: string | undefined,
): FoundConfig | null {
  const path = placeOf(cwd, asked);
  if (path === null) return null;
  const isNamed = isNamedIn(env, path);
  return { path: checkedPath(path, isNamed ? anyUser : thisUser()), isNamed };
}

/** Returns whether a configuration lies here or above, without looking into it. */
export function hasConfig(cwd: string): boolean {
  return nearest(cwd) !== null;
}

function placeOf(cwd: string, asked: string | undefined): string | null {
  if (asked === undefined) return nearest(cwd);
  const path = resolve(cwd, asked);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false) return path;
  throw new AdjutantError('Configuration', `There is no configuration file at ${path}.`, {
    hint: `Check --config, or make a file with "adjutant init".`,
  });
}

/** A link counts where it leads to a file or nowhere; a folder of that name is no configuration. */
function nearest(cwd: string): string | null {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const path = join(folder, configFileName);
    const found = statIfThere(path);
    if (found !== null && !found.isDirectory()) return path;
    if (dirname(folder) === folder) return null;
  }
}

/** Returns whether the environment names a path as trusted. */
export function isNamedIn(env: Io['env'], path: string): boolean {
  return namedIn(env).some((named) => resolve(named) === path);
}

function namedIn(env: Io['env']): string[] {
  const named = (env[trustedVariable] ?? '').split(delimiter).filter((path) => path !== '');
  return named.filter((path) => isAbsolute(path));
}
