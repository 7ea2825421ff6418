import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { Vendor } from './vendor.ts';

/** A secret as text, or a function that a host program gives; it is told the host it is for. */
export const secretSchema = z.union([
  z.string().min(1).max(20_000),
  z.custom<(host: string) => string | Promise<string>>((value) => typeof value === 'function', {
    message: 'is text or a function that returns it',
  }),
]);
export type Secret = z.infer<typeof secretSchema>;

/** What one secret or several are signed with while one is being changed for another. */
export const webhookSecretSchema = z.union([secretSchema, z.array(secretSchema).min(1).max(5)]);

/** Returns a secret as it is now, for a host. */
export async function resolveSecret(secret: Secret, host: string): Promise<string> {
  return typeof secret === 'string' ? secret : await secret(host);
}

/** Returns all secrets that deliveries may be signed with; empty ones would be everybody's. */
export async function resolveSecrets(
  secrets: Secret | readonly Secret[] | undefined,
  host: string,
): Promise<string[]> {
  if (secrets === undefined) return [];
  const list = typeof secrets === 'string' || typeof secrets === 'function' ? [secrets] : secrets;
  const resolved: string[] = [];
  for (const secret of list) {
    const text = await resolveSecret(secret, host);
    if (text !== '') resolved.push(text);
  }
  return resolved;
}

/**
 * Returns a token that may go into a header: a line break in it would make a header of its own.
 * @throws AdjutantError `Configuration`
 */
export function headerToken(token: string, { source, title }: Vendor): string {
  const trimmed = token.trim();
  if (trimmed !== '' && /^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new AdjutantError(
    'Configuration',
    `The token for ${title} is empty or has a character that no token has.`,
    { source, hint: 'Enter it again, without quotes or line breaks.' },
  );
}
