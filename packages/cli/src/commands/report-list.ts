import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { reportText } from '../report-lines.ts';

const daySchema = z.iso.date('write a day such as 2026-12-24').optional();
const inputSchema = z.object({
  from: daySchema,
  to: daySchema,
  mine: z.boolean().default(false),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'write a whole number from 1 to 200')
    .transform(Number)
    .refine((limit) => limit <= 200, 'write a whole number from 1 to 200')
    .default(20),
});

/** `adjutant report [list] [--mine] [--from <day>] [--to <day>] [--limit <n>]` */
export const reportList: Command = async (context, raw) => {
  const { from, to, mine, limit } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const page = await handle.reports.list({
      of: mine ? 'me' : undefined,
      fromDay: from,
      toDay: to,
      limit,
    });
    context.output.answer(page, () => {
      if (page.total === 0) return 'No report was written or shared with you yet.';
      const more = page.total - page.items.length;
      return [
        ...page.items.map((report) => reportText(report, context.output)),
        ...(more > 0 ? [`and ${more} more: --limit, --from and --to show others`] : []),
      ].join('\n\n');
    });
    return exitCodes.ok;
  });
};
