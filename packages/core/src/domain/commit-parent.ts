import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** An edge of the commit graph. */
export const commitParentSchema = z.object({
  source: sourceSchema,
  repositoryExternalId: externalIdSchema,
  sha: z.string(),
  position: z.number().int(),
  parentSha: z.string(),
});
export type CommitParent = z.infer<typeof commitParentSchema>;
