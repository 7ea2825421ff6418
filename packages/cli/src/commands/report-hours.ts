import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const timeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time such as 09:00')
  .optional();
const inputSchema = z.object({ from: timeSchema, to: timeSchema, off: z.boolean().default(false) });

/** `adjutant report hours [--from <time> --to <time> | --off]` */
export const reportHours: Command = async (context, raw) => {
  const { from, to, off } = parseInput(inputSchema, raw);
  if ((from === undefined) !== (to === undefined)) {
    throw new AdjutantError('InvalidInput', 'Hours begin and end.', {
      hint: 'Give both: adjutant report hours --from 09:00 --to 17:00',
    });
  }
  return withAdjutant(context, async ({ handle }) => {
    const { hours } = handle.load;
    if (off) await hours.withdraw();
    else if (from !== undefined && to !== undefined) {
      await hours.declare({ fromTime: from, toTime: to });
    }
    const declared = await hours.get();
    context.output.answer({ hours: declared }, () =>
      declared === null
        ? 'You declared no hours; nobody will ask. With: adjutant report hours --from 09:00 --to 17:00'
        : `Yours are ${declared.fromTime} to ${declared.toTime} (${declared.timeZone}). Only you can read this.`,
    );
    return exitCodes.ok;
  });
};
