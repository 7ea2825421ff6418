import { z } from 'zod';
import type { ReferencePlace } from './place-schema.ts';

/** A credential is only ever named: which variable holds it, and for which host, is said there. */
export function credentialSchema(example: string): z.ZodString {
  return z
    .string()
    .trim()
    .regex(
      /^\$\{[A-Za-z_][A-Za-z0-9_]{0,199}\}$/,
      `is a secret; write the name of a variable, such as \${${example}}`,
    )
    .meta({ reference: 'credential' satisfies ReferencePlace });
}

/** What deliveries that come in are signed with; several while one is being changed for another. */
export function receivedSecretSchema(example: string) {
  const reference = credentialSchema(example);
  return z.union([reference, z.array(reference).min(1, 'names no variable').max(5)], {
    error: `is a secret; write the name of a variable, such as \${${example}}, or a list of up to five`,
  });
}
