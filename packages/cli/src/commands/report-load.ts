import { narrowToTeam } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { ownLoadText, teamLoadText } from '../load-text.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  team: z.union([z.literal(true), z.string().min(1).max(100)]).optional(),
  week: z.iso.date('write a day such as 2026-12-24').optional(),
});

/** `adjutant report load [--team [key]] [--week <day>]` */
export const reportLoad: Command = async (context, raw) => {
  const { team, week } = parseInput(inputSchema, raw);
  const { output } = context;
  return withAdjutant(context, async ({ handle }) => {
    if (team === undefined) {
      const load = await handle.load.mine();
      output.answer(load, () => ownLoadText(load, output));
      return exitCodes.ok;
    }
    const narrowed = await narrowToTeam(handle, team === true ? undefined : team);
    const load = await narrowed.load.team({ week });
    output.answer(load, () => teamLoadText(load, output));
    return exitCodes.ok;
  });
};
