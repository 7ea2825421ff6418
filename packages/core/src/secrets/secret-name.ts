import { z } from 'zod';
import { AdjutantError } from '../errors.ts';

const longestName = 200;
const longestValue = 65_536;

const nameSchema = z
  .string()
  .max(longestName)
  .regex(/^[a-z0-9][a-z0-9._-]*(:[a-z0-9][a-z0-9._-]*)*(@[a-z0-9.:[\]-]+)?$/i);
const valueSchema = z.string().min(1).max(longestValue);

/** Returns whether a text may be the name of a secret. */
export function isSecretName(text: string): boolean {
  return nameSchema.safeParse(text).success;
}

/** Returns the name, checked. @throws AdjutantError `InvalidInput`, which does not quote it */
export function checkSecretName(name: string): string {
  if (isSecretName(name)) return name;
  // Not quoted: somebody may have typed the secret itself here.
  throw new AdjutantError('InvalidInput', 'That is not the name of a secret.', {
    hint: 'Names look like connector:github:read, with letters, digits, ".", "_", "-" and ":".',
  });
}

/** Returns the value, checked. @throws AdjutantError `InvalidInput`, which does not quote it */
export function checkSecretValue(value: string): string {
  const checked = valueSchema.safeParse(value);
  if (checked.success && !/\p{Surrogate}/u.test(checked.data)) return checked.data;
  throw new AdjutantError('InvalidInput', 'The secret is empty, too long or not text.', {
    hint: `A secret is text of 1 to ${longestValue.toLocaleString('en')} characters.`,
  });
}
