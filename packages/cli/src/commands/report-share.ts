import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneReport } from '../find-one-report.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  report: z.string().min(1).max(200).optional(),
  off: z.boolean().default(false),
});

/** `adjutant report share [report] [--off]` */
export const reportShare: Command = async (context, raw) => {
  const { report: named, off } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const { id } = await findOneReport(context, handle, named);
    const report = await handle.reports.share(id, off ? 'private' : 'team');
    context.output.answer(report, () =>
      off
        ? `Only you can read your report of ${report.day}.`
        : `Your team can read your report of ${report.day}, as it is now.`,
    );
    return exitCodes.ok;
  });
};
