import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A commit and the first deployment that carried it. */
export const deploymentChangeSchema = z.object({
  source: sourceSchema,
  deploymentExternalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  sha: z.string(),
  /** `exact_sha`, `graph_diff`, or `time` (flagged). */
  method: z.enum(['exact_sha', 'graph_diff', 'time']),
});
export type DeploymentChange = z.infer<typeof deploymentChangeSchema>;
