import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { dataFolder } from '../config/data-folder.ts';
import { configFileName } from '../config/find-config.ts';
import type { Io } from '../io.ts';

/** Returns where the team of the last demo is kept, for every other command to be tried on. */
export function keptDemoFolder(io: Pick<Io, 'env' | 'homeDirectory' | 'platform'>): string {
  return join(dataFolder(io), 'demo');
}

/** Returns whether a configuration that was asked for is the one that the last demo kept. */
export function isKeptDemo(
  io: Pick<Io, 'cwd' | 'env' | 'homeDirectory' | 'platform'>,
  asked: string | undefined,
): boolean {
  const path = join(keptDemoFolder(io), configFileName);
  return asked !== undefined && resolve(io.cwd, asked) === path;
}

/**
 * Returns the configuration of the team that the last demo kept.
 * @throws AdjutantError `Configuration` where no demo has kept one
 */
export function keptDemoConfig(io: Pick<Io, 'env' | 'homeDirectory' | 'platform'>): string {
  const path = join(keptDemoFolder(io), configFileName);
  if (existsSync(path)) return path;
  throw new AdjutantError('Configuration', 'There is no made-up team here yet.', {
    hint: 'Make one with "adjutant demo"; it is kept until the next one.',
  });
}
