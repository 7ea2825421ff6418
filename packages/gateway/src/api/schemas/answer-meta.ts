import type { AnswerMeta, GapNote } from '@adjutant/core';
import { instantSchema } from '@adjutant/core/domain';
import { z } from 'zod';

export const gapNoteSchema = z.object({
  code: z.string(),
  message: z.string(),
  source: z.string(),
  scope: z.string(),
  affectedCount: z.number().nullable(),
}) satisfies z.ZodType<GapNote>;

/** How fresh an answer is and what it lacks. */
export const answerMetaSchema = z.object({
  asOf: instantSchema,
  syncedAt: instantSchema.nullable(),
  gaps: z.array(gapNoteSchema),
}) satisfies z.ZodType<AnswerMeta>;
