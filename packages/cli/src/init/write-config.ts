import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { configFileName } from '../config/find-config.ts';
import { replaceFile } from '../replace-file.ts';

/** Writes the configuration and returns its path. @throws AdjutantError `Conflict` where one is there */
export function writeConfig(folder: string, text: string, force: boolean): string {
  const path = join(folder, configFileName);
  try {
    if (force) replaceFile(path, text);
    else writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    if (isThere) throw alreadyThere(path);
    throw new AdjutantError('Configuration', `${path} cannot be written.`, {
      hint: 'Check that you may write in this folder.',
      cause,
    });
  }
  return path;
}

/** Returns the error of a configuration that would be lost. */
export function alreadyThere(path: string): AdjutantError {
  return new AdjutantError('InvalidInput', `${path} is there already.`, {
    hint: 'Edit it, or write over it with --force.',
  });
}
