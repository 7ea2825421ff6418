import { hash, randomBytes } from 'node:crypto';

/** Returns the SHA-256 of a text or of bytes as base64url. */
export function digest(value: string | Uint8Array): string {
  return hash('sha256', value, 'base64url');
}

/** Returns 256 bits that nobody can guess, as base64url. */
export function secretToken(): string {
  return randomBytes(32).toString('base64url');
}
