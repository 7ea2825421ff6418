import { z } from 'zod';

/** A credential is only ever named: which variable holds it, and for which host, is said there. */
export function credentialSchema(example: string): z.ZodString {
  return z
    .string()
    .trim()
    .regex(
      /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/,
      `is a secret; write the name of a variable, such as \${${example}}`,
    );
}
