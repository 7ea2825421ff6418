import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneReport } from '../find-one-report.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { reportViewText } from '../report-lines.ts';

const inputSchema = z.object({ report: z.string().min(1).max(200).optional() });

/** `adjutant report show [report]`: by id or day, that of today unless told. */
export const reportShow: Command = async (context, raw) => {
  const { report: named } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const report = await findOneReport(context, handle, named);
    context.output.answer(report, () => reportViewText(report, context.output));
    return exitCodes.ok;
  });
};
