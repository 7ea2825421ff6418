import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/**
 * A file that a pull request changes. Of one with very many only the first are kept: there are fewer
 * rows than its `changedFiles` then, and none at all where its files were not read.
 */
export const pullRequestFileSchema = z.object({
  source: sourceSchema,
  pullRequestExternalId: externalIdSchema,
  path: z.string(),
  additions: z.number().int().nullable(),
  deletions: z.number().int().nullable(),
});
export type PullRequestFile = z.infer<typeof pullRequestFileSchema>;
