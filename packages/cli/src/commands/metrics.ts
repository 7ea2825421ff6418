import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { explanationText, metricListText, metricText } from '../metric-text.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { daysSchema, parseInput } from '../parse-input.ts';

const inputSchema = z
  .object({
    id: z.string().optional(),
    explain: z.boolean().default(false),
    days: daysSchema.optional(),
    repository: z.string().min(1).max(300).optional(),
  })
  .refine(
    ({ id, explain, repository }) => id !== undefined || (!explain && repository === undefined),
    {
      path: ['id'],
      message: 'name a metric, as "adjutant metrics" lists them',
    },
  );
const dayMs = 86_400_000;
const rowsRead = 200;

/** `adjutant metrics [id] [--explain]` */
export const metrics: Command = async (context, raw) => {
  const { output, clock } = context;
  const { id: metricId, explain, days, repository } = parseInput(inputSchema, raw);
  const to = clock.now();
  const window = days === undefined ? undefined : { from: to - days * dayMs, to };
  return withAdjutant(context, async ({ handle }) => {
    if (metricId === undefined) {
      const overview = await handle.overview({ window, withDetails: true });
      output.answer(overview, () => metricListText(overview, output));
    } else if (explain) {
      const page = await handle.explainMetric({ metricId, window, repository, limit: rowsRead });
      output.answer(page, () => explanationText(page, output));
    } else {
      const metric = await handle.metric({ metricId, window, repository });
      output.answer(metric, () => metricText(metric, output));
    }
    return exitCodes.ok;
  });
};
