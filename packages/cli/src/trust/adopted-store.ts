import type { LoadedConfig } from '../config/load-config.ts';
import type { Io } from '../io.ts';
import { storeVariable } from '../config/resolve-references.ts';
import { serverOf } from './store-place.ts';
import { trustMemory } from './trust-memory.ts';

type Naming = Pick<LoadedConfig, 'path' | 'isNamed' | 'variables' | 'config' | 'folder'>;

/**
 * Returns whether what people decided in a store on a server counts here: a person adopted that address
 * for this configuration, or named it herself in the environment.
 */
export function isStoreTaken(
  io: Pick<Io, 'env' | 'homeDirectory' | 'platform'>,
  naming: Naming,
): boolean {
  const server = serverOf(naming);
  if (naming.isNamed || server === null || naming.path === null) return true;
  if (naming.variables.some((name) => storeVariable.test(name))) return true;
  return trustMemory(io).load(naming.path)?.adopted === server;
}
