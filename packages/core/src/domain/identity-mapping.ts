import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** Somebody's written word that one account is another: a `.mailmap` line, a configuration entry. */
export const identityMappingSchema = z.object({
  source: sourceSchema,
  fromExternalId: externalIdSchema,
  toExternalId: externalIdSchema,
  displayName: z.string().nullable(),
  method: z.literal('explicit_mapping'),
});
export type IdentityMapping = z.infer<typeof identityMappingSchema>;
