import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { kindOf, lineOf, textOf } from './small-file.ts';
import { printable } from '../commits/text.ts';

/** Where the files of a repository lie, links followed. */
export interface RepositoryPlaces {
  /** Where its files may lie: what was named, and what belongs to it. */
  roots: string[];
  gitDirectory: string;
  commonDirectory: string;
}

/**
 * Returns where the repository of a folder lies, by looking at files alone; null where there is none.
 *
 * Git goes wherever a `.git` file, a link or a `commondir` leads, so a clone could have another
 * repository read in its name. Here one is followed only to what was named, or to what points back: a
 * worktree's or a submodule's directory names the folder it belongs to, and no clone can write that
 * into a repository of somebody else.
 * @throws AdjutantError `Configuration` where it leads elsewhere
 */
export function placesOf(path: string, named: readonly string[] = []): RepositoryPlaces | null {
  const folder = realIfThere(resolve(path));
  const found = folder === null ? null : findGitDirectory(folder);
  if (folder === null || found === null) return null;
  const { base, gitDirectory } = found;
  const roots = [folder, ...named.flatMap((each) => realIfThere(resolve(each)) ?? [])];
  const isOwn = gitDirectory === base || gitDirectory === join(base, '.git');
  if (!isOwn && !isWithin(gitDirectory, roots) && !pointsBack(gitDirectory, base)) {
    throw leadsAway(path, gitDirectory);
  }
  const commonDirectory = commonDirectoryOf(gitDirectory);
  // Whoever could write into its `worktrees` could write all of it.
  const isWorktree = dirname(gitDirectory) === join(commonDirectory, 'worktrees');
  roots.push(gitDirectory);
  if (!isWorktree && !isWithin(commonDirectory, roots)) throw leadsAway(path, commonDirectory);
  roots.push(commonDirectory);
  // Git is given this directory, and would follow the next one unasked.
  const next = commonDirectoryOf(commonDirectory);
  if (next !== commonDirectory) throw leadsAway(path, next);
  return { roots, gitDirectory, commonDirectory };
}

/**
 * Returns which folders beyond the named ones are read for a repository: that of a worktree's or a
 * submodule's own repository, or of one around the folder. Opens nothing, and runs nothing.
 */
export function placesBeyond(path: string, named: readonly string[] = []): string[] {
  try {
    const places = placesOf(path, named);
    if (places === null) return [];
    const roots = [path, ...named].flatMap((each) => realIfThere(resolve(each)) ?? []);
    const { gitDirectory, commonDirectory } = places;
    const own = isWithin(gitDirectory, [commonDirectory]) ? [] : [gitDirectory];
    return [commonDirectory, ...own].filter((place) => !isWithin(place, roots));
  } catch {
    // It is not read then: whoever opens it is told why.
    return [];
  }
}

/** Finds it as git does: in the folder, or in the first one above that has or is one. */
function findGitDirectory(folder: string): { base: string; gitDirectory: string } | null {
  for (let base = folder; ; base = dirname(base)) {
    const led = ledTo(join(base, '.git'));
    if (led !== null && isGitDirectory(led)) return { base, gitDirectory: led };
    if (isGitDirectory(base)) return { base, gitDirectory: base };
    if (dirname(base) === base) return null;
  }
}

/** Returns where a `.git` leads: itself, a link's end, or what its one line names. */
export function ledTo(path: string): string | null {
  if (kindOf(path) === 'folder') return realIfThere(path);
  const line = lineOf(path);
  if (line === null || !line.startsWith('gitdir: ')) return null;
  return realFrom(dirname(path), line.slice('gitdir: '.length));
}

function isGitDirectory(path: string): boolean {
  if (kindOf(join(path, 'HEAD')) === null) return false;
  const common = commonDirectoryOf(path);
  return ['objects', 'refs'].every((name) => kindOf(join(common, name)) !== null);
}

function commonDirectoryOf(gitDirectory: string): string {
  const file = join(gitDirectory, 'commondir');
  if (kindOf(file) === null) return gitDirectory;
  // Of one that leads nowhere not a word is told: the file may be a link to a secret one.
  return realFrom(gitDirectory, lineOf(file) ?? 'commondir') ?? file;
}

function pointsBack(gitDirectory: string, base: string): boolean {
  const mark = lineOf(join(gitDirectory, 'gitdir'));
  if (mark !== null) {
    const place = resolve(gitDirectory, mark);
    return place.endsWith(`${sep}.git`) && realIfThere(dirname(place)) === base;
  }
  const worktree = worktreeIn(textOf(join(gitDirectory, 'config')) ?? '');
  return worktree !== null && realIfThere(resolve(gitDirectory, worktree)) === base;
}

/** Reads `core.worktree` as git writes it for a submodule. */
function worktreeIn(config: string): string | null {
  const [, section = ''] = /^\[core\]$([^[]*)/m.exec(config) ?? [];
  const [, value] = /^\s*worktree = (.+)$/m.exec(section) ?? [];
  return value?.replace(/^"(.*)"$/, '$1').replaceAll(/\\(.)/g, '$1') ?? null;
}

/**
 * Returns where a path in a file of git's ends. It is not resolved as a text before: behind a link `..`
 * is another folder for the system than it is in the text.
 */
export function realFrom(folder: string, path: string): string | null {
  return realIfThere(isAbsolute(path) ? path : folder + sep + path);
}

/** Returns where a path ends, links followed; null where nothing is there. */
export function realIfThere(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

/** Whether a real path lies in one of some real folders. */
export function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some(
    (folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  );
}

function leadsAway(path: string, place: string): AdjutantError {
  const shown = printable(place, 1_000);
  return new AdjutantError(
    'Configuration',
    `${printable(path, 200)} leads git to ${shown}, which does not point back to it, so nothing is read from it.`,
    {
      source: 'git',
      hint: `If it is yours, name ${shown} as a repository instead. After moving a worktree, run: git worktree repair`,
    },
  );
}
