import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A commit and the first release that contains it. */
export const releaseCommitSchema = z.object({
  source: sourceSchema,
  releaseExternalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  sha: z.string(),
});
export type ReleaseCommit = z.infer<typeof releaseCommitSchema>;
