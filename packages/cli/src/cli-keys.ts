import { join } from 'node:path';
import { environmentKeys, type FileKeys, fileKeys, type KeyProvider } from '@adjutant/core';
import { dataFolder } from './config/data-folder.ts';
import type { Io } from './io.ts';

/** The keys that this installation protects its secrets with. */
export interface CliKeys {
  provider: KeyProvider;
  /** Null where the keys come from the environment, which no program can add one to. */
  file: FileKeys | null;
  /** Where they are, for a person. */
  place: string;
}

/**
 * Returns the keys: those of ADJUTANT_KEYS where it is set, else those of a file. The file lies in the
 * user's own folder and not beside the store, so that a copy of a project holds no key.
 */
export function cliKeys({ env, ...rest }: Pick<Io, 'env' | 'homeDirectory' | 'platform'>): CliKeys {
  if (env['ADJUTANT_KEYS']) {
    return { provider: environmentKeys(env), file: null, place: 'ADJUTANT_KEYS' };
  }
  const named = env['ADJUTANT_KEY_FILE'];
  const path = named ? named : join(dataFolder({ env, ...rest }), 'keys');
  const file = fileKeys({ path, platform: rest.platform });
  return { provider: file, file, place: path };
}
