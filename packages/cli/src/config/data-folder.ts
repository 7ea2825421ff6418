import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, join, win32 } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { Io } from '../io.ts';

/** What of the world says where a person's own data lies. */
export type DataPlace = Pick<Io, 'env' | 'homeDirectory' | 'platform'>;

/**
 * Returns where a person's own data lies when no configuration says otherwise. From the root: below
 * the current folder it would be whatever a clone has put there.
 * @throws AdjutantError `Configuration` where nothing says so
 */
export function dataFolder(io: DataPlace): string {
  const { env, homeDirectory, platform } = io;
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'];
    if (local !== undefined) return join(fromRoot(local, 'LOCALAPPDATA', platform), 'adjutant');
    return join(fromRoot(homeDirectory, 'USERPROFILE', platform), 'AppData', 'Local', 'adjutant');
  }
  const xdg = env['XDG_DATA_HOME'];
  // The standard ignores a relative one.
  if (platform !== 'darwin' && xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'adjutant');
  const home = fromRoot(homeDirectory, 'HOME', platform);
  return platform === 'darwin'
    ? join(home, 'Library', 'Application Support', 'adjutant')
    : join(home, '.local', 'share', 'adjutant');
}

function fromRoot(path: string | null, variable: string, platform: NodeJS.Platform): string {
  const isWindows = platform === 'win32';
  if (path !== null && (isWindows ? win32.isAbsolute(path) : isAbsolute(path))) return path;
  const problem =
    path === null
      ? `${variable} is not set, and this user has no home directory`
      : `${variable} is ${path === '' ? 'empty' : 'not an absolute path'}`;
  const other = isWindows
    ? ', or LOCALAPPDATA to an absolute path'
    : platform === 'darwin'
      ? ''
      : ', or XDG_DATA_HOME to an absolute path';
  throw new AdjutantError(
    'Configuration',
    `Your data folder is unknown: ${problem}. Nothing was read, sent or changed.`,
    {
      hint: `Set ${isWindows ? 'USERPROFILE' : 'HOME'} to your home directory${other}.`,
    },
  );
}

/** Makes a folder that only its owner may enter. @throws AdjutantError `Configuration` */
export function ensurePrivateFolder(path: string): void {
  if (existsSync(path)) return;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  } catch (cause) {
    throw new AdjutantError('Configuration', `The folder ${path} cannot be made.`, {
      hint: 'Make it writable, or name another place with "store" in adjutant.config.yaml.',
      cause,
    });
  }
}
