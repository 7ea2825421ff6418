import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/**
 * The word of somebody outside that one account is another: a `.mailmap` line, a configuration entry,
 * or the account that a vendor gave when it was asked for an address.
 */
export const identityMappingSchema = z.object({
  source: sourceSchema,
  fromExternalId: externalIdSchema,
  /** An account of the same source; for `looked_up_email` the address that was asked for. */
  toExternalId: externalIdSchema,
  displayName: z.string().nullable(),
  method: z.enum(['explicit_mapping', 'looked_up_email']),
});
export type IdentityMapping = z.infer<typeof identityMappingSchema>;
