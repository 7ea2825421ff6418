import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** One line of the append-only ledger. */
export const auditEntrySchema = z.object({
  id: z.string(),
  at: instantSchema,
  actor: z.string(),
  /** Noun-verb: `sync.batch_committed`, `people.merged` … */
  event: z.string(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  traceId: z.string().nullable(),
  outcome: z.string().nullable(),
  /** Place in the chain; null for what was written before there was one. */
  seq: z.number().int().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
