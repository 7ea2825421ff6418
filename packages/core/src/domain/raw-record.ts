import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** What the source said, unchanged, kept beside the domain rows made from it. */
export const rawRecordSchema = z.object({
  source: sourceSchema,
  stream: z.string(),
  scopeExternalId: externalIdSchema,
  externalId: externalIdSchema,
  contentHash: z.string(),
  payload: z.unknown(),
  fetchedAt: instantSchema,
});
export type RawRecord = z.infer<typeof rawRecordSchema>;
