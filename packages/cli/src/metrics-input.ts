import { authorKindSchema, workTypeSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { daysSchema } from './parse-input.ts';

const day = z.iso.date('write a day as YYYY-MM-DD').optional();
const name = z.string().min(1).max(400);

/** What `adjutant metrics` takes. */
export const metricsInputSchema = z
  .object({
    id: z.string().optional(),
    explain: z.boolean().default(false),
    compare: z.boolean().default(false),
    days: daysSchema.optional(),
    from: day,
    to: day,
    timeZone: z.string().min(1).max(100).optional(),
    repository: z.string().min(1).max(300).optional(),
    team: z.string().min(1).max(100).optional(),
    service: name.optional(),
    label: z.array(z.string().min(1).max(200)).max(20).optional(),
    workType: z
      .array(z.enum(workTypeSchema.options, `write one of ${workTypeSchema.options.join(', ')}`))
      .optional(),
    authors: z
      .string()
      .transform((kinds) => kinds.split(','))
      .pipe(
        z.array(
          z.enum(
            authorKindSchema.options,
            `write one or more of ${authorKindSchema.options.join(', ')}, with commas between`,
          ),
        ),
      )
      .optional(),
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
  .refine(({ days, from, to }) => days === undefined || (from === undefined && to === undefined), {
    path: ['days'],
    message: 'give --days, or --from and --to',
  })
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
