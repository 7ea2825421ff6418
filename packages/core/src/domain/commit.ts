import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** One commit of one repository. */
export const commitSchema = z.object({
  source: sourceSchema,
  repositoryExternalId: externalIdSchema,
  sha: z.string(),
  authorAccountExternalId: externalIdSchema.nullable(),
  /** Null where nothing tells, or where the hosting service committed what somebody merged there. */
  committerAccountExternalId: externalIdSchema.nullable(),
  authoredAt: instantSchema.nullable(),
  committedAt: instantSchema,
  subject: z.string(),
  parentCount: z.number().int(),
  isRevert: z.boolean(),
  revertsSha: z.string().nullable(),
});
export type Commit = z.infer<typeof commitSchema>;
