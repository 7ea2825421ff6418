import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A group of accounts as a source knows one. It proposes a team; it is not one. */
export const accountGroupSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  name: z.string(),
  /** How people and files name it: `acme/platform`. */
  slug: z.string(),
  parentExternalId: externalIdSchema.nullable(),
});
export type AccountGroup = z.infer<typeof accountGroupSchema>;
