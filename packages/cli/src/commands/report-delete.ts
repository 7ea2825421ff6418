import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command, CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneReport } from '../find-one-report.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  report: z.string().min(1).max(200),
  yes: z.boolean().default(false),
});

/** `adjutant report delete <report> [--yes]` */
export const reportDelete: Command = async (context, raw) => {
  const { report: named, yes } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const { id, day } = await findOneReport(context, handle, named);
    if (!yes && !(await isConfirmed(context, day))) {
      context.output.answer({ id, deleted: false }, () => 'Nothing was deleted.');
      return exitCodes.ok;
    }
    await handle.reports.delete(id);
    context.output.answer({ id, deleted: true }, () =>
      [
        `Your report of ${day} is gone, with everything it said before.`,
        'Backups and exports that were made before still hold it.',
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};

/** @throws AdjutantError `InvalidInput` where there is nobody to ask */
async function isConfirmed({ io, output }: CommandContext, day: string): Promise<boolean> {
  if (!io.isInteractive || output.isJson) {
    throw new AdjutantError('InvalidInput', 'There is nobody to ask whether it may be deleted.', {
      hint: 'Add --yes. What was deleted cannot be brought back.',
    });
  }
  const message = `Delete your report of ${day} for good?`;
  return (await (await io.prompts()).confirm({ message, initial: false })) === true;
}
