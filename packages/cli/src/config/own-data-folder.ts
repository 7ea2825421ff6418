import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { Io } from '../io.ts';
import { anyUser, checkedFuturePath, thisUser } from './checked-file.ts';
import { dataFolder, type DataPlace } from './data-folder.ts';

/** What of the world says whether the data folder is the person's own. */
export type OwnDataPlace = DataPlace & Pick<Io, 'accountHome' | 'cwd'>;

/** What is remembered of trust, and of stores: both are believed. */
const believed = ['trust', 'stores'];

/**
 * Refuses a data folder that others could have filled: one that lies among the files that are being
 * judged, or that other users may write. What stands in it is believed without a question, so a clone
 * would trust itself.
 * @param folder where the configuration lies; null where there is none
 * @throws AdjutantError `Configuration`
 */
export function requireOwnDataFolder(io: OwnDataPlace, folder: string | null): void {
  const data = dataFolder(io);
  const { accountHome } = io;
  for (const place of [data, ...believed.map((name) => join(data, name))]) {
    const real = checkedFuturePath(place, anyUser);
    const around = suspectsOf(io, folder).find(
      (suspect) => isIn(real, suspect) && !isHome(suspect, { folder, accountHome }),
    );
    if (around !== undefined) throw insideOf(place, around, io.platform);
    checkedFuturePath(place, thisUser());
  }
}

/** The folder of the configuration, and every working tree of git that it or the current folder lies in. */
function suspectsOf({ cwd }: Pick<Io, 'cwd'>, folder: string | null): string[] {
  const starts = folder === null ? [cwd] : [folder, cwd];
  const trees = starts
    .map((start) => checkedFuturePath(start, anyUser))
    .flatMap(withParents)
    .filter((place) => existsSync(join(place, '.git')));
  return [...(folder === null ? [] : [folder]), ...trees];
}

/**
 * Whether it is the home directory of this account, or above: nobody clones what a stranger wrote over
 * it, and many keep their settings there in git. A configuration that lies in that repository came with it.
 * The environment has no part in it, since a clone's scripts set that.
 */
function isHome(
  place: string,
  { folder, accountHome }: { folder: string | null; accountHome: string | null },
): boolean {
  if (accountHome === null || !isIn(checkedFuturePath(accountHome, anyUser), place)) return false;
  return folder === null || !isSame(place, folder) || !existsSync(join(place, '.git'));
}

function isIn(path: string, folder: string): boolean {
  return withParents(path).some((place) => isSame(place, folder));
}

/** By the file system's own number too: on some systems one folder has several spellings. */
function isSame(left: string, right: string): boolean {
  if (left === right) return true;
  const [one, other] = [left, right].map((path) =>
    statSync(path, { throwIfNoEntry: false, bigint: true }),
  );
  if (one === undefined || other === undefined || one.ino === 0n) return false;
  return one.dev === other.dev && one.ino === other.ino;
}

function withParents(path: string): string[] {
  const places = [resolve(path)];
  for (let here = resolve(path); dirname(here) !== here; here = dirname(here)) {
    places.push(dirname(here));
  }
  return places;
}

function insideOf(data: string, around: string, platform: NodeJS.Platform): AdjutantError {
  const variables: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'LOCALAPPDATA',
    darwin: 'HOME',
  };
  return new AdjutantError(
    'Configuration',
    `The data folder ${data} is inside ${around}, whose files could then decide what is trusted. Nothing was read, sent or changed.`,
    {
      hint: `Set ${variables[platform] ?? 'HOME or XDG_DATA_HOME'} to a folder outside of ${around}.`,
    },
  );
}
