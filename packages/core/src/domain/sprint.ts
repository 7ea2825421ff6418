import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** A sprint: when it began, when it was to end, when it was closed. */
export const sprintSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  name: z.string(),
  state: z.enum(['future', 'active', 'closed']),
  startedAt: instantSchema.nullable(),
  plannedEndAt: instantSchema.nullable(),
  completedAt: instantSchema.nullable(),
});
export type Sprint = z.infer<typeof sprintSchema>;
