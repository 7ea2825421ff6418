import { join, resolve } from 'node:path';
import { type CheckpointPlan, fileSigningKey, type SigningKeyProvider } from '@adjutant/core';
import { dataFolder, ensurePrivateFolder } from './config/data-folder.ts';
import type { LoadedConfig } from './config/load-config.ts';
import type { Io } from './io.ts';

const keyFile = 'ledger-signing-key.pem';

/** Returns where the configuration wants checkpoints; nothing where it names no place. */
export function checkpointsIn(
  { config, folder }: Pick<LoadedConfig, 'config' | 'folder'>,
  io: Io,
): { checkpoints?: CheckpointPlan } {
  if (config.checkpoints === undefined) return {};
  const { to, cron, key } = config.checkpoints;
  const signingKey = ledgerSigningKey(io, key === undefined ? undefined : resolve(folder, key));
  return {
    checkpoints: { to: resolve(folder, to), signingKey, ...(cron === undefined ? {} : { cron }) },
  };
}

/** Returns the key in that file, or the one in the user's data folder. */
export function ledgerSigningKey(io: Io, path: string | undefined): SigningKeyProvider {
  if (path !== undefined) return fileSigningKey(path);
  return async () => {
    const folder = dataFolder(io);
    ensurePrivateFolder(folder);
    return fileSigningKey(join(folder, keyFile))();
  };
}
