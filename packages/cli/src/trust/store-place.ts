import { resolve } from 'node:path';
import { storeLocation } from '@adjutant/core/ports';
import type { Config } from '../config/config-schema.ts';

/** Returns where a store lies: at a host, or in a file of this machine; neither for one in memory. */
export function storePlace(
  store: string,
  folder: string,
): { host: string | null; path: string | null } {
  const location = storeLocation(store, resolve(folder));
  if (location.kind === 'remote') return { host: new URL(location.url).host, path: null };
  return { host: null, path: location.kind === 'file' ? location.path : null };
}

/** Returns the address of a store on a server, without what could be a secret; null for a file. */
export function serverOf({
  config,
  folder,
}: {
  config: Pick<Config, 'store'>;
  folder: string;
}): string | null {
  if (storePlace(config.store, folder).host === null) return null;
  const url = URL.parse(config.store);
  return url === null ? config.store : `${url.protocol}//${url.host}${url.pathname}`;
}
