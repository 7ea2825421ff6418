import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { forecastText } from '../forecast-text.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { daysSchema, parseInput } from '../parse-input.ts';

const inputSchema = z
  .object({
    items: z
      .string()
      .regex(/^[1-9]\d{0,4}$/, 'write a whole number from 1 to 99,999')
      .transform(Number)
      .optional(),
    until: z.iso.date('write a day such as 2026-12-24').optional(),
    days: daysSchema.optional(),
    repository: z.string().min(1).max(300).optional(),
  })
  .refine(({ items, until }) => items !== undefined || until !== undefined, {
    path: ['items'],
    message: 'say how many with --items, or a day with --until, or both',
  });
const dayMs = 86_400_000;

/** `adjutant forecast [--items <n>] [--until <day>]` */
export const forecast: Command = async (context, raw) => {
  const { output, clock } = context;
  const { items, until, days, repository } = parseInput(inputSchema, raw);
  const now = clock.now();
  const today = Math.floor(now / dayMs) * dayMs;
  return withAdjutant(context, async ({ handle }) => {
    const answer = await handle.forecast({
      items,
      // The day named is the last one counted.
      until: until === undefined ? undefined : Date.parse(until) + dayMs,
      history: days === undefined ? undefined : { from: today - days * dayMs, to: now },
      repository,
    });
    output.answer(answer, () => forecastText(answer, output));
    return exitCodes.ok;
  });
};
