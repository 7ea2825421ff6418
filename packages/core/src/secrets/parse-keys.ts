import { AdjutantError } from '../errors.ts';
import { isKeyId, keyBytes } from './key-provider.ts';

export interface NamedKey {
  id: string;
  key: Uint8Array;
}

/**
 * Returns the key that a text `id:base64` holds.
 * @throws AdjutantError `Configuration`, which never quotes the text
 */
export function parseKey(text: string, place: string): NamedKey {
  const at = text.indexOf(':');
  const id = text.slice(0, Math.max(at, 0)).trim();
  if (!isKeyId(id)) throw wrong(place, 'has no id in front of its ":"');
  const key = decode(text.slice(at + 1).trim());
  if (key === null) throw wrong(place, `is not base64 of ${keyBytes} bytes`);
  return { id, key };
}

/**
 * Refuses two keys of one id: which of them opens what would be chance.
 * @throws AdjutantError `Configuration`
 */
export function refuseDoubleIds(keys: readonly NamedKey[], place: string): void {
  const seen = new Set<string>();
  for (const { id } of keys) {
    if (seen.has(id)) throw wrong(place, `has two keys with the id "${id}"`);
    seen.add(id);
  }
}

function decode(text: string): Uint8Array | null {
  const plain = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/={0,2}$/, '');
  // 32 bytes are 43 characters; anything else is another length or another alphabet.
  if (!/^[A-Za-z0-9+/]{43}$/.test(plain)) return null;
  return new Uint8Array(Buffer.from(plain, 'base64'));
}

function wrong(place: string, problem: string): AdjutantError {
  return new AdjutantError('Configuration', `${place} ${problem}.`, {
    hint: 'A key is written id:base64, and made with: openssl rand -base64 32',
  });
}
