import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/**
 * A mark that a coding tool took part. There is no row for "human": what carries no mark is unknown.
 */
export const aiEvidenceSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  subjectKind: z.enum(['commit', 'pull_request']),
  repositoryExternalId: externalIdSchema,
  /** A commit's sha or a pull request's external id. */
  subjectExternalId: externalIdSchema,
  class: z.enum(['agent_authored', 'assisted', 'declared_none']),
  tool: z.string().nullable(),
  model: z.string().nullable(),
  /** Where the mark stands: `trailer`, `author`, `branch`. */
  origin: z.enum(['trailer', 'author', 'branch', 'survey', 'note']),
  confidence: z.number().min(0).max(1),
});
export type AiEvidence = z.infer<typeof aiEvidenceSchema>;
