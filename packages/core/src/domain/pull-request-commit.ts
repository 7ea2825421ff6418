import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** A commit's place in a pull request. */
export const pullRequestCommitSchema = z.object({
  source: sourceSchema,
  pullRequestExternalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  sha: z.string(),
  /**
   * When it was made as it stands, which is at the push or shortly before; a rebase makes it anew.
   * Absent where the source shows its commits by themselves.
   */
  committedAt: instantSchema.nullish(),
});
export type PullRequestCommit = z.infer<typeof pullRequestCommitSchema>;
