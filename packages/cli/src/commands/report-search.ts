import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { reportText } from '../report-lines.ts';

const inputSchema = z.object({ words: z.array(z.string()).min(1) });

/** `adjutant report search <words...>` */
export const reportSearch: Command = async (context, raw) => {
  const { words } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const found = await handle.reports.search({ text: words.join(' ') });
    context.output.answer(found, () =>
      found.items.length === 0
        ? 'Nothing of that was found.'
        : found.items.map((report) => reportText(report, context.output)).join('\n\n'),
    );
    return exitCodes.ok;
  });
};
