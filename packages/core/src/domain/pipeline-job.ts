import { z } from 'zod';
import { pipelineRunSchema } from './pipeline-run.ts';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** One job of a run of a pipeline, in one attempt at it. */
export const pipelineJobSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  runExternalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  name: z.string(),
  /** From 1; each time the run is started again has another one. */
  attempt: z.number().int().positive(),
  result: pipelineRunSchema.shape.result,
  originalResult: z.string().nullable(),
  sha: z.string().nullable(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
export type PipelineJob = z.infer<typeof pipelineJobSchema>;
