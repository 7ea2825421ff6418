import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** Where the reading of one stream of one scope stands. */
export const syncCursorSchema = z.object({
  source: sourceSchema,
  scopeExternalId: externalIdSchema,
  stream: z.string(),
  state: z.record(z.string(), z.unknown()),
  /** False while a first pass is still under way. */
  complete: z.boolean(),
  lastStartedAt: instantSchema.nullable(),
  lastFinishedAt: instantSchema.nullable(),
  lastError: z.string().nullable(),
  /** How far back a backfill under way goes, 0 for everything; null where none is. */
  backfillSince: instantSchema.nullable(),
});
export type SyncCursor = z.infer<typeof syncCursorSchema>;
