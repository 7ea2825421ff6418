import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A repository, or a path inside one, that a service is built from. */
export const serviceRepositorySchema = z.object({
  serviceId: z.string(),
  source: sourceSchema,
  repositoryExternalId: externalIdSchema,
  pathFilter: z.string().nullable(),
});
export type ServiceRepository = z.infer<typeof serviceRepositorySchema>;
