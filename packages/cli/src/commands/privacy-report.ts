import { AdjutantError } from '@adjutant/core/ports';
import { privacyReportMarkdown } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { privacyReportText } from '../privacy-text.ts';
import { textLines, writeLines } from '../write-lines.ts';

const inputSchema = z.object({
  format: z.enum(['text', 'markdown']).default('text'),
  out: z.string().min(1).optional(),
  force: z.boolean().default(false),
});

/** `adjutant privacy report`, and `adjutant privacy` */
export const privacyReport: Command = async (context, raw) => {
  const { format, out, force } = parseInput(inputSchema, raw);
  if (out !== undefined && format !== 'markdown') {
    throw new AdjutantError('InvalidInput', '--out takes a Markdown document.', {
      hint: 'Add --format markdown.',
    });
  }
  return withAdjutant(context, async ({ handle }) => {
    const report = await handle.privacy.report();
    if (out === undefined) {
      const text = format === 'markdown' ? privacyReportMarkdown : privacyReportText;
      context.output.answer(report, () => text(report, context.output));
    } else {
      const lines = textLines(privacyReportMarkdown(report));
      const { path } = await writeLines(context.io, out, lines, force);
      context.output.answer({ path }, () => `The report is in ${path}.`);
    }
    return exitCodes.ok;
  });
};
