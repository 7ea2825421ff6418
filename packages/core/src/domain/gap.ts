import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** Something missing, truncated or estimated. It stands beside every number that it touches. */
export const gapSchema = z.object({
  source: sourceSchema,
  scopeExternalId: externalIdSchema,
  stream: z.string(),
  /** Stable, for programs: `shallow_clone`, `squash_author_time` … */
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** One sentence for a person, with what would close the gap. */
  message: z.string(),
  /** How many rows it touches; null where that is not known. */
  affectedCount: z.number().int().nullable(),
  /**
   * The columns of facts that it makes unknown or wrong (`pickupMs` …), or whole subjects of metrics
   * (`release` …). Absent or null where it touches everything.
   */
  touches: z.array(z.string()).nullable().optional(),
});
export type Gap = z.infer<typeof gapSchema>;
