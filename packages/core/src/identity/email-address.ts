import type { Account } from '../domain.ts';

/** Returns an address in the one form in which two spellings of it are equal. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
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
