import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A code repository. */
export const repositorySchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  name: z.string(),
  fullName: z.string().nullable(),
  url: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  /** How merges reach the default branch, where the source shows it. */
  mergeStyle: z.enum(['merge', 'squash', 'mixed', 'linear']).nullable(),
});
export type Repository = z.infer<typeof repositorySchema>;
