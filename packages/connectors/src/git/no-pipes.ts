import { readdirSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { ledTo, realIfThere } from './repository-places.ts';
import { printable } from '../commits/text.ts';

/** Folders of a repository's directory whose files git reads too. Its references and objects are walked apart. */
const readFolders = new Set(['info', 'worktrees']);

/**
 * Refuses a repository in whose directory a pipe or a device stands: git would wait for it, for ever.
 * A socket cannot be opened, and git's own watcher of files has one there.
 * @throws AdjutantError `Configuration`
 */
export function requireNoPipes(path: string, directory: string): void {
  for (const name of namesIn(directory)) {
    const place = join(directory, name);
    const found = statOf(place);
    if (found !== null && isEndless(found)) throw waitsForever(path, place);
    if (found?.isDirectory() === true && readFolders.has(name)) requireNoneBelow(path, place);
  }
}

/**
 * Refuses a folder in which, or above which, git would open a pipe to find out whether a repository is there.
 * @throws AdjutantError `Configuration`
 */
export function requireNoPipesOnTheWay(path: string, folder: string): void {
  for (let base = realIfThere(folder); base !== null; base = dirname(base)) {
    const led = ledTo(join(base, '.git'));
    for (const directory of [base, ...(led === null ? [] : [led])]) {
      for (const name of ['HEAD', 'commondir']) {
        const place = join(directory, name);
        const found = statOf(place);
        if (found !== null && isEndless(found)) throw waitsForever(path, place);
      }
    }
    if (dirname(base) === base) return;
  }
}

/** Links to folders are left: one could lead in a circle, and none that git makes stands here. */
function requireNoneBelow(path: string, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() || entry.isDirectory()) continue;
    const place = join(entry.parentPath, entry.name);
    const found = statOf(place);
    if (found !== null && isEndless(found)) throw waitsForever(path, place);
  }
}

function isEndless(found: Stats): boolean {
  return found.isFIFO() || found.isCharacterDevice() || found.isBlockDevice();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Git cannot read it either, and says so itself.
    return [];
  }
}

function statOf(place: string): Stats | null {
  try {
    return statSync(place);
  } catch {
    return null;
  }
}

/** Returns the error of a repository in which something stands that is neither a file nor a folder. */
export function waitsForever(path: string, place: string): AdjutantError {
  const shown = printable(place, 1_000);
  return new AdjutantError(
    'Configuration',
    `${printable(path, 200)} has a pipe, a socket or a device at ${shown}, where git reads a file, so nothing is read from it.`,
    { source: 'git', hint: `Remove ${shown}, or read a fresh clone.` },
  );
}
