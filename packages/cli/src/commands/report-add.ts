import { countOf } from '@adjutant/insights';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { workLines } from '../report-lines.ts';

const inputSchema = z.object({
  did: z.string().optional(),
  next: z.string().optional(),
  blockers: z.string().optional(),
  day: z.iso.date('write a day such as 2026-12-24').optional(),
  share: z.boolean().optional(),
});

/** `adjutant report add [did] [--next …] [--blockers …] [--day …] [--share]` */
export const reportAdd: Command = async (context, raw) => {
  const { share, ...words } = parseInput(inputSchema, raw);
  if ([words.did, words.next, words.blockers].every((text) => (text ?? '').trim() === '')) {
    throw new AdjutantError('InvalidInput', 'A report says something.', {
      hint: 'Write: adjutant report add "what was done" --next "…" --blockers "…"',
    });
  }
  return withAdjutant(context, async ({ handle }) => {
    const visibility = share === true ? 'team' : undefined;
    const report = await handle.reports.submit({ ...words, visibility, via: 'cli' });
    const { id, day, revision, visibility: seen, maskedSecrets, work } = report;
    context.output.answer(report, () =>
      [
        `Kept your report of ${day}, revision ${revision}; ${seen === 'team' ? 'your team can read it' : 'only you can read it'}.`,
        ...(maskedSecrets > 0
          ? [`${countOf(maskedSecrets, 'secret')} in it stayed out: [secret].`]
          : []),
        '',
        ...workLines(work, context.output),
        '',
        seen === 'team'
          ? `To take it back: adjutant report share ${id} --off`
          : `To share it: adjutant report share ${id}`,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};
