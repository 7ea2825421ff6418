import { createHash } from 'node:crypto';
import type { KeyProvider } from '../key-provider.ts';

/** Keys of a test: the current one first, taken away and swapped as the test wants. */
export interface KeyRing extends KeyProvider {
  keys: Map<string, Uint8Array>;
  current: string;
}

/** Returns 32 bytes that a test can make again. */
export function keyOf(seed: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(seed).digest());
}

/** Returns a provider with one key of each id; the first is the current one. */
export function createKeyRing(...ids: [string, ...string[]]): KeyRing {
  const ring: KeyRing = {
    keys: new Map(ids.map((id) => [id, keyOf(id)])),
    current: ids[0],
    currentKeyId: async () => ring.current,
    key: async (keyId) => ring.keys.get(keyId)?.slice() ?? null,
  };
  return ring;
}
