import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** One field of a work item changing from one value to another. */
export const workItemChangeSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  workItemExternalId: externalIdSchema,
  field: z.string(),
  fromValue: z.string().nullable(),
  toValue: z.string().nullable(),
  actorAccountExternalId: externalIdSchema.nullable(),
  at: instantSchema,
});
export type WorkItemChange = z.infer<typeof workItemChangeSchema>;
