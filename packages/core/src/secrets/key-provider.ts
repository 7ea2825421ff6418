import { AdjutantError } from '../errors.ts';

/** How long a key is: AES-256. @unit bytes */
export const keyBytes = 32;
const keyIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Where the keys come from that protect stored secrets. They never stand in the store: whoever has
 * only the store, or a copy of it, can read no secret.
 */
export interface KeyProvider {
  /** Returns the id of the key that new data keys are wrapped with. */
  currentKeyId(): Promise<string>;
  /** Returns the 32 bytes of a key, or null where it is not there. */
  key(keyId: string): Promise<Uint8Array | null>;
}

/** Returns whether a text may be the id of a key. */
export function isKeyId(text: string): boolean {
  return keyIdPattern.test(text);
}

/**
 * Returns the key that a provider has under an id, or null. What a host's provider throws may quote
 * anything, so it goes no further.
 * @throws AdjutantError `Configuration` where the provider fails or gives no key of 32 bytes
 */
export async function readKey(provider: KeyProvider, keyId: string): Promise<Uint8Array | null> {
  const key: unknown = await ask(() => provider.key(keyId));
  if (key === null || key === undefined) return null;
  if (key instanceof Uint8Array && key.length === keyBytes) return key;
  throw new AdjutantError('Configuration', `The key "${keyId}" is not ${keyBytes} bytes long.`, {
    hint: 'Make one with: openssl rand -base64 32',
  });
}

/**
 * Returns the id of the current key.
 * @throws AdjutantError `Configuration` where the provider fails or gives no id
 */
export async function readCurrentKeyId(provider: KeyProvider): Promise<string> {
  const keyId: unknown = await ask(() => provider.currentKeyId());
  if (typeof keyId === 'string' && isKeyId(keyId)) return keyId;
  throw new AdjutantError('Configuration', 'The key provider names no current key.', {
    hint: 'An id is 1 to 64 letters, digits, ".", "_" or "-".',
  });
}

async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    if (AdjutantError.isInstance(error)) throw error;
    throw new AdjutantError('Configuration', 'The key provider failed.', {
      hint: 'Its own log says why; what it threw is not repeated here, because it may quote a key.',
    });
  }
}

/** Returns a provider that has no key, for where none was given. */
export function noKeys(): KeyProvider {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new AdjutantError('Configuration', 'No key provider was given, so no secret can be opened.', {
        hint: 'Give createAdjutant a keyProvider: environmentKeys(process.env) or fileKeys({ path }).',
      }),
    );
  return { currentKeyId: refuse, key: refuse };
}
