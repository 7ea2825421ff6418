import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** Something that broke for users. */
export const incidentSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  title: z.string(),
  serviceKey: z.string().nullable(),
  severity: z.string().nullable(),
  isExternal: z.boolean(),
  createdAt: instantSchema,
  acknowledgedAt: instantSchema.nullable(),
  resolvedAt: instantSchema.nullable(),
  /** Its page at the source. */
  url: z.string().nullable(),
  /** Whose it is now; nobody's where it is over, null where the source does not tell. */
  assigneeAccountExternalIds: z.array(externalIdSchema).nullable(),
});
export type Incident = z.infer<typeof incidentSchema>;
