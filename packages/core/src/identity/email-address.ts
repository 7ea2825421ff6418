import type { Account } from '../domain.ts';

/**
 * Returns an address in the one form in which two spellings of it are equal. Only letters of ASCII have
 * no case in an address: U+212A in small letters is a "k", and the mailbox somebody else's.
 */
export function normaliseEmail(email: string): string {
  return email
    .replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Returns the address that the account's vendor vouches for, or null. */
export function verifiedEmail({
  email,
  emailVerified,
}: Pick<Account, 'email' | 'emailVerified'>): string | null {
  return emailVerified && email !== null ? normaliseEmail(email) : null;
}

/** Returns the address without its `+tag`, or null where it has none: a hint, never proof. */
export function withoutTag(email: string): string | null {
  const match = /^([^+@]+)\+[^@]*(@.+)$/.exec(normaliseEmail(email));
  return match === null ? null : `${match[1]}${match[2]}`;
}
