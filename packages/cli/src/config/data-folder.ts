import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { Io } from '../io.ts';

/** Returns where a person's own data lies when no configuration says otherwise. */
export function dataFolder(io: Pick<Io, 'env' | 'homeDirectory' | 'platform'>): string {
  const { env, homeDirectory, platform } = io;
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(homeDirectory, 'AppData', 'Local'), 'adjutant');
  }
  if (platform === 'darwin')
    return join(homeDirectory, 'Library', 'Application Support', 'adjutant');
  const xdg = env['XDG_DATA_HOME'];
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(homeDirectory, '.local', 'share');
  return join(base, 'adjutant');
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
