import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { requireNoPipes, waitsForever } from './no-pipes.ts';
import { isWithin, realFrom, realIfThere, type RepositoryPlaces } from './repository-places.ts';
import { kindOf, textOf } from './small-file.ts';
import { printable } from '../commits/text.ts';

/** Of what git reads, the names that stand in a repository's directory. Hooks may be linked: none is run. */
const readNames = [
  'HEAD',
  'config',
  'config.worktree',
  'packed-refs',
  'refs',
  'reftable',
  'shallow',
  'objects',
];
/** More loose files than a repository has before git packs them. */
const mostEntries = 500_000;
const mostAlternatesBytes = 4_096;

/**
 * Refuses a repository whose files lead elsewhere, by links or because it borrows objects (alternates),
 * or are none: git would wait for a pipe.
 *
 * The lender of objects has no reference back, so it has to be named. Borrowed objects are reached
 * from this repository's references alone, so a clone has to know the id of a private commit to have
 * it read. Such ids are no secrets: a submodule's pin and a published package tell them. What the
 * commit says would then stand in the store and on pages that others see.
 * @throws AdjutantError `Configuration`
 */
export function requireOwnObjects(
  path: string,
  { commonDirectory, gitDirectory, roots }: RepositoryPlaces,
): void {
  for (const directory of new Set([commonDirectory, gitDirectory])) requireNoPipes(path, directory);
  const walk = walkerOf(path, roots);
  const seen = new Set<string>();
  const walkObjects = (objects: string): void => {
    if (seen.has(objects)) return;
    seen.add(objects);
    walk(objects);
    for (const lender of lendersOf(path, objects)) walkObjects(lender);
  };
  for (const name of readNames) {
    const place = realIfThere(join(commonDirectory, name));
    if (place !== null) (name === 'objects' ? walkObjects : walk)(place);
  }
}

/** Returns what refuses a real path, and every link below it, that leads out of the given folders. */
function walkerOf(path: string, roots: readonly string[]): (place: string) => void {
  const seen = new Set<string>();
  let entries = 0;
  const walk = (place: string): void => {
    if (!isWithin(place, roots)) throw leadsAway(path, place);
    const kind = kindOf(place);
    if (kind === 'other') throw waitsForever(path, place);
    if (seen.has(place) || kind !== 'folder') return;
    seen.add(place);
    for (const entry of entriesOf(place)) {
      entries += 1;
      if (entries > mostEntries) throw tooMany(path);
      if (entry.isFile()) continue;
      const next = realIfThere(join(place, entry.name));
      if (next !== null) walk(next);
    }
  };
  return walk;
}

/** What cannot be listed git cannot read either, and says so itself. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Returns the real folders of objects that a folder of objects names. */
function lendersOf(path: string, objects: string): string[] {
  const file = join(objects, 'info', 'alternates');
  const text = textOf(file);
  if (text === null) return [];
  // Git has a way of its own to read a name in quotation marks.
  if (statSync(file).size > mostAlternatesBytes || /^"|\0/m.test(text)) throw tooMany(path);
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) =>
      // Git resolves the text before it follows links, or after, by its version.
      [realFrom(objects, line), realIfThere(resolve(objects, line))].filter(
        (each) => each !== null,
      ),
    );
}

function leadsAway(path: string, place: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `${printable(path, 200)} takes files from ${printable(place, 1_000)}, which was not named, so nothing is read from it.`,
    {
      source: 'git',
      hint: 'If that is yours, name the repository it belongs to as well. Or copy what is borrowed: run "git repack -a -d", then remove .git/objects/info/alternates.',
    },
  );
}

function tooMany(path: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `${printable(path, 200)} has more loose files, or borrows from more places, than are looked at, so nothing is read from it.`,
    { source: 'git', hint: 'Run "git gc" in it, or read a fresh clone.' },
  );
}
