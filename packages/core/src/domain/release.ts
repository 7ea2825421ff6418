import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** A release: a tag, or the vendor's release. Not a deployment unless the user says so. */
export const releaseSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  name: z.string(),
  sha: z.string(),
  releasedAt: instantSchema,
});
export type Release = z.infer<typeof releaseSchema>;
