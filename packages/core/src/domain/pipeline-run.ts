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
  queuedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
export type PipelineRun = z.infer<typeof pipelineRunSchema>;
