import { resolve } from 'node:path';
import { type AdjutantOptions, folderArchive } from '@adjutant/core';
import type { LoadedConfig } from './config/load-config.ts';

/** Returns how long what is kept and where archives go, where the configuration says so. */
export function dataIn({
  config,
  folder,
}: Pick<LoadedConfig, 'config' | 'folder'>): Pick<AdjutantOptions, 'retention' | 'archive'> {
  const { retention, archive } = config;
  const place = typeof archive === 'string' ? folderArchive(resolve(folder, archive)) : archive;
  return {
    ...(retention === undefined ? {} : { retention }),
    ...(place === undefined ? {} : { archive: place }),
  };
}
