import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A deployment that an incident is held to come from, and how that is known. */
export const incidentDeploymentSchema = z.object({
  source: sourceSchema,
  incidentExternalId: externalIdSchema,
  deploymentSource: sourceSchema,
  deploymentExternalId: externalIdSchema,
  method: z.enum(['explicit', 'time']),
  confidence: z.number().min(0).max(1),
});
export type IncidentDeployment = z.infer<typeof incidentDeploymentSchema>;
