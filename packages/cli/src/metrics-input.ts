import { z } from 'zod';
import { daysSchema } from './parse-input.ts';

/** What `adjutant metrics` takes. */
export const metricsInputSchema = z
  .object({
    id: z.string().optional(),
    explain: z.boolean().default(false),
    compare: z.boolean().default(false),
    days: daysSchema.optional(),
    repository: z.string().min(1).max(300).optional(),
    format: z.enum(['csv', 'jsonl'], 'write csv or jsonl').optional(),
    out: z.string().min(1).optional(),
    series: z.boolean().default(false),
    force: z.boolean().default(false),
  })
  .refine(
    ({ id, explain, compare, repository }) =>
      id !== undefined || (!explain && !compare && repository === undefined),
    { path: ['id'], message: 'name a metric, as "adjutant metrics" lists them' },
  )
  .refine(
    ({ format, out, series, force }) =>
      format !== undefined || (out === undefined && !series && !force),
    { path: ['format'], message: '--out, --series and --force go with --format csv or jsonl' },
  )
  .refine(
    ({ format, explain, compare }) =>
      [format !== undefined, explain, compare].filter(Boolean).length <= 1,
    { path: ['format'], message: 'ask for one of --explain, --compare and --format' },
  );
