import { dayOf, narrowToTeam } from '@adjutant/core/ports';
import { buildReportDigest, digestBlocks, digestMarkdown } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const daySchema = z.iso.date('write a day such as 2026-12-24').optional();
const inputSchema = z.object({
  from: daySchema,
  to: daySchema,
  team: z.string().min(1).max(100).optional(),
  format: z.enum(['markdown', 'slack'], 'write markdown or slack').default('markdown'),
});

/** `adjutant report digest [--from <day>] [--to <day>] [--team <key>] [--format slack]` */
export const reportDigest: Command = async (context, raw) => {
  const { from, to, team, format } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const toDay = to ?? dayOf(context.clock.now(), handle.timeZone);
    const narrowed = await narrowToTeam(handle, team);
    const digest = await buildReportDigest(narrowed, { fromDay: from ?? toDay, toDay });
    context.output.answer(digest, () =>
      format === 'slack'
        ? JSON.stringify({ blocks: digestBlocks(digest) }, null, 2)
        : digestMarkdown(digest),
    );
    return exitCodes.ok;
  });
};
