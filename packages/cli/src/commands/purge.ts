import type { PurgeOptions } from '@adjutant/core';
import { formatNumber } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { confirmAtTerminal } from '../confirm-at-terminal.ts';
import { purgeText } from '../data-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { retentionClassSchema } from '../config/retention-schema.ts';

const inputSchema = z.object({
  dryRun: z.boolean().default(false),
  olderThan: z
    .string()
    .regex(/^\d{1,5}d?$/, 'is a number of days, such as 30d')
    .transform((text) => Number.parseInt(text, 10))
    .optional(),
  class: z.array(retentionClassSchema).default([]),
  yes: z.boolean().default(false),
});

/** `adjutant purge [--older-than 30d] [--class …] [--dry-run] [--yes]` */
export const purge: Command = async (context, raw) => {
  const input = parseInput(inputSchema, raw);
  const options: PurgeOptions = {
    ...(input.olderThan === undefined ? {} : { olderThanDays: input.olderThan }),
    ...(input.class.length === 0 ? {} : { classes: input.class }),
  };
  return withAdjutant(context, async ({ adjutant }) => {
    const data = adjutant.data(await adjutant.owner());
    const dry = await data.purge({ ...options, dryRun: true });
    const isWanted =
      !input.dryRun &&
      (input.yes ||
        (await confirmAtTerminal(
          context,
          `Delete ${formatNumber(dry.rows)} rows? ${purgeText(dry)}`,
          'What is not archived cannot be brought back.',
        )));
    const report = isWanted ? await data.purge(options) : dry;
    context.output.answer(report, () => purgeText(report));
    return exitCodes.ok;
  });
};
