import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
/** @unit bytes */
export const tagBytes = 16;
const form = 'adjutant-envelope-1';

/** Where a sealed value stands. It opens nowhere else. */
export interface SealedPlace {
  workspaceId: string;
  table: string;
  row: string;
  column: string;
  /** The key that it is sealed with. */
  keyId: string;
}

/** A value that only its key opens, at its place; each part in base64. */
export interface Sealed {
  nonce: string;
  ciphertext: string;
  tag: string;
}

export type Opened =
  | { ok: true; plaintext: Buffer }
  | { ok: false; problem: 'form' | 'tag_length' | 'authentication'; tagBytes: number };

/** Returns the value sealed for one place. */
export function seal(key: Uint8Array, plaintext: Uint8Array, place: SealedPlace): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(place));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return {
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** Returns the value, or why it does not open here. */
export function open(key: Uint8Array, sealed: Sealed, place: SealedPlace): Opened {
  const nonce = decode(sealed.nonce);
  const ciphertext = decode(sealed.ciphertext);
  const tag = decode(sealed.tag);
  const failed = (problem: 'form' | 'tag_length' | 'authentication'): Opened => ({
    ok: false,
    problem,
    tagBytes: tag?.length ?? 0,
  });
  if (nonce === null || ciphertext === null || tag === null) return failed('form');
  if (nonce.length !== nonceBytes) return failed('form');
  // Without a length given, Node takes a tag of four bytes for good: it would be guessed.
  if (tag.length !== tagBytes) return failed('tag_length');
  try {
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(boundTo(place));
    decipher.setAuthTag(tag);
    return { ok: true, plaintext: Buffer.concat([decipher.update(ciphertext), decipher.final()]) };
  } catch {
    return failed('authentication');
  }
}

/** Each part with its length in front, so that no two places have the same bytes. */
function boundTo({ workspaceId, table, row, column, keyId }: SealedPlace): Buffer {
  return Buffer.concat(
    [form, workspaceId, table, row, column, keyId].flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** Base64 in its one form; null for anything that only decodes to something. */
function decode(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
