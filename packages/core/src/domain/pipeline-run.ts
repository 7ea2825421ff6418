import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** One run of a build or deployment pipeline. */
export const pipelineRunSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  name: z.string(),
  result: z.enum(['success', 'failure', 'cancelled', 'running']).nullable(),
  originalResult: z.string().nullable(),
  sha: z.string().nullable(),
  /**
   * Of which branch it was, as the source names it: `ada:main` for one of somebody's own copy, so
   * that it is not taken for that of the repository.
   */
  branch: z.string().nullable(),
  queuedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
export type PipelineRun = z.infer<typeof pipelineRunSchema>;
