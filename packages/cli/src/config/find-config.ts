import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';

export const configFileName = 'adjutant.config.yaml';

/**
 * Returns the path of the configuration: the one asked for, else the nearest upward; null where
 * there is none. @throws AdjutantError `Configuration` where the one asked for is not a file
 */
export function findConfig(cwd: string, asked: string | undefined): string | null {
  if (asked !== undefined) {
    const path = resolve(cwd, asked);
    if (isFile(path)) return path;
    throw new AdjutantError('Configuration', `There is no configuration file at ${path}.`, {
      hint: `Check --config, or make a file with "adjutant init".`,
    });
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const path = join(folder, configFileName);
    if (isFile(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
