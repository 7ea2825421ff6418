import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { statIfThere } from '../config/checked-file.ts';

const line = '.adjutant/';

/** Returns the folder of the clone around a folder; null outside of one. */
export function cloneAround(folder: string): string | null {
  for (let current = resolve(folder); ; current = dirname(current)) {
    // A worktree has a file of that name.
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return null;
  }
}

/** True inside a clone whose .gitignore here does not name the store's folder yet, and can be written. */
export function canIgnoreStore(folder: string): boolean {
  if (cloneAround(folder) === null || !isOwnFile(folder)) return false;
  return !readIgnores(folder)
    .split(/\r?\n/)
    .some((entry) => entry.trim().replace(/^\/|\/$/g, '') === '.adjutant');
}

/** Adds the store's folder to the .gitignore here. @throws AdjutantError `Configuration` for a link */
export function ignoreStore(folder: string): void {
  if (!isOwnFile(folder)) {
    const path = join(folder, '.gitignore');
    throw new AdjutantError('Configuration', `${path} is not a file, so it was left as it is.`, {
      hint: `Add the line "${line}" to the file that git reads. git reads no linked .gitignore.`,
    });
  }
  const text = readIgnores(folder);
  appendFileSync(
    join(folder, '.gitignore'),
    `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`,
  );
}

function readIgnores(folder: string): string {
  const path = join(folder, '.gitignore');
  return statIfThere(path)?.isFile() === true ? readFileSync(path, 'utf8') : '';
}

/** A link, as a clone may have it, would be followed to a file outside; a pipe would be waited for. */
function isOwnFile(folder: string): boolean {
  return statIfThere(join(folder, '.gitignore'))?.isFile() !== false;
}
