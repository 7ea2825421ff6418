import type { LedgerReport } from '@adjutant/core';
import { z } from 'zod';

/** What a check of the whole ledger found. */
export const ledgerReportSchema = z.object({
  ok: z.boolean(),
  workspaceId: z.string(),
  entries: z.number().int(),
  rows: z.object({ sealed: z.number().int(), fromBefore: z.number().int() }).nullable(),
  unknownWords: z.number().int(),
  unchained: z.number().int(),
  head: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
  checkpoints: z.array(
    z.object({
      seq: z.number().int(),
      hash: z.string(),
      keyId: z.string(),
      keyFingerprint: z.string(),
    }),
  ),
  provenUpTo: z.number().int().nullable(),
  restores: z.array(
    z.object({
      seq: z.number().int(),
      at: z.number().int(),
      reason: z.enum(['backup', 'not_as_remembered', 'adopted']),
      remembered: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
    }),
  ),
  findings: z.array(
    z.object({
      code: z.enum([
        'entry_edited',
        'entry_removed',
        'entry_added',
        'entries_reordered',
        'tail_removed',
        'head_differs',
        'checkpoint_differs',
        'authenticator_replaced',
        'row_without_entry',
        'row_differs',
        'seals_differ',
        'schema_differs',
        'entry_without_row',
        'personal_data_differs',
        'unchained_differs',
      ]),
      seq: z.number().int().nullable(),
      entryId: z.string().nullable(),
      subject: z.string().nullable(),
      message: z.string(),
    }),
  ),
  findingCount: z.number().int(),
}) satisfies z.ZodType<LedgerReport>;
