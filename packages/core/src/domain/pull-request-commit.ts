import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A commit's place in a pull request. */
export const pullRequestCommitSchema = z.object({
  source: sourceSchema,
  pullRequestExternalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  sha: z.string(),
});
export type PullRequestCommit = z.infer<typeof pullRequestCommitSchema>;
