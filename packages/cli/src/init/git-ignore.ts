import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const line = '.adjutant/';

/** Returns the folder of the clone around a folder; null outside of one. */
export function cloneAround(folder: string): string | null {
  for (let current = resolve(folder); ; current = dirname(current)) {
    // A worktree has a file of that name.
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return null;
  }
}

/** True inside a clone whose .gitignore here does not name the store's folder yet. */
export function canIgnoreStore(folder: string): boolean {
  if (cloneAround(folder) === null) return false;
  return !readIgnores(folder)
    .split(/\r?\n/)
    .some((entry) => entry.trim().replace(/^\/|\/$/g, '') === '.adjutant');
}

/** Adds the store's folder to the .gitignore here. */
export function ignoreStore(folder: string): void {
  const text = readIgnores(folder);
  appendFileSync(
    join(folder, '.gitignore'),
    `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`,
  );
}

function readIgnores(folder: string): string {
  const path = join(folder, '.gitignore');
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
    ? readFileSync(path, 'utf8')
    : '';
}
