import { z } from 'zod';

/** A week of a series: when it began, and what was counted or measured in it. */
export const weekFieldSchema = z.object({
  start: z.number(),
  value: z.number().nullable(),
  sampleSize: z.number().int(),
});
