import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** One owner that a repository's ownership file (CODEOWNERS) names for a pattern. A claim, not a fact. */
export const repositoryOwnerSchema = z.object({
  source: sourceSchema,
  repositoryExternalId: externalIdSchema,
  /** The line's place among the rules; the last one that matches a path decides. */
  position: z.number().int(),
  pattern: z.string(),
  /** As written: `@acme/platform`, `@ada`, an e-mail address. */
  owner: z.string(),
});
export type RepositoryOwner = z.infer<typeof repositoryOwnerSchema>;
