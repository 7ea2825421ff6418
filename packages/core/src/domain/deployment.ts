import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** A deployment of a service to an environment. */
export const deploymentSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  repositoryExternalId: externalIdSchema.nullable(),
  serviceKey: z.string().nullable(),
  environment: z.string(),
  result: z.enum(['success', 'failure', 'running']),
  originalResult: z.string().nullable(),
  kind: z.enum(['planned', 'hotfix', 'rollback']).nullable(),
  sha: z.string().nullable(),
  previousExternalId: externalIdSchema.nullable(),
  queuedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  /** What was read to know of it: `tag`, `deployment`, `workflow_run`, `release`. */
  origin: z.string(),
});
export type Deployment = z.infer<typeof deploymentSchema>;
