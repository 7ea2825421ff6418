import { hkdfSync, randomBytes } from 'node:crypto';
import { open, type Opened, seal } from './envelope.ts';
import { keyBytes } from './key-provider.ts';

const form = '1';

/** Which data key, and the key outside that wraps it. */
export interface WrappedPlace {
  workspaceId: string;
  dataKeyId: string;
  keyId: string;
}

/** Returns a new data key. */
export function createDataKey(): Buffer {
  return randomBytes(keyBytes);
}

/** Returns the data key sealed with a key from outside, as one text. */
export function wrapDataKey(key: Uint8Array, dataKey: Uint8Array, place: WrappedPlace): string {
  const { nonce, ciphertext, tag } = seal(key, dataKey, sealedPlace(place));
  return [form, mark(key), nonce, ciphertext, tag].join('.');
}

export type UnwrappedDataKey =
  | { ok: true; dataKey: Buffer }
  | { ok: false; problem: 'wrong_key' | 'changed' };

/** Returns the data key, or whether the key is another one or the text was changed. */
export function unwrapDataKey(
  key: Uint8Array,
  wrapped: string,
  place: WrappedPlace,
): UnwrappedDataKey {
  const [version, expected, nonce, ciphertext, tag, ...rest] = wrapped.split('.');
  const isWhole = nonce !== undefined && ciphertext !== undefined && tag !== undefined;
  if (version !== form || !isWhole || rest.length > 0) return { ok: false, problem: 'changed' };
  const opened: Opened = open(key, { nonce, ciphertext, tag }, sealedPlace(place));
  if (opened.ok && opened.plaintext.length === keyBytes) {
    return { ok: true, dataKey: opened.plaintext };
  }
  return { ok: false, problem: expected === mark(key) ? 'changed' : 'wrong_key' };
}

/**
 * Tells keys of one id apart, so that an error can name the cause. Derived one way: it gives nothing
 * of the key, and whoever changes it changes only what the error says.
 */
function mark(key: Uint8Array): string {
  return Buffer.from(hkdfSync('sha256', key, '', 'adjutant key mark', 8)).toString('hex');
}

function sealedPlace({ workspaceId, dataKeyId, keyId }: WrappedPlace) {
  return { workspaceId, table: 'data_keys', row: dataKeyId, column: 'wrapped', keyId };
}
