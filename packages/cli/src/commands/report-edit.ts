import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneReport } from '../find-one-report.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { reportText } from '../report-lines.ts';

const inputSchema = z.object({
  report: z.string().min(1).max(200).optional(),
  did: z.string().optional(),
  next: z.string().optional(),
  blockers: z.string().optional(),
});

/** `adjutant report edit [report] [--did …] [--next …] [--blockers …]`: an empty text takes one away. */
export const reportEdit: Command = async (context, raw) => {
  const { report: named, ...changes } = parseInput(inputSchema, raw);
  if (Object.values(changes).every((text) => text === undefined)) {
    throw new AdjutantError('InvalidInput', 'There is nothing to change.', {
      hint: 'Give --did, --next or --blockers; an empty text takes one away.',
    });
  }
  return withAdjutant(context, async ({ handle }) => {
    const { id } = await findOneReport(context, handle, named);
    const report = await handle.reports.edit(id, { ...changes, via: 'cli' });
    context.output.answer(report, () =>
      [`This is revision ${report.revision}.`, '', reportText(report, context.output)].join('\n'),
    );
    return exitCodes.ok;
  });
};
