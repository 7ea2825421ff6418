import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time such as 16:30')
    .optional(),
  off: z.boolean().default(false),
});

/** `adjutant report remind [--at <time> | --off]` */
export const reportRemind: Command = async (context, raw) => {
  const { at, off } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const { reminders } = handle.reports;
    if (off) await reminders.stop();
    else if (at !== undefined) await reminders.ask({ atTime: at });
    const reminder = await reminders.get();
    context.output.answer({ reminder }, () =>
      reminder === null
        ? 'You are not reminded. Ask with: adjutant report remind --at 16:30'
        : `You are reminded at ${reminder.atTime} of days without a report, while "adjutant serve" runs and Slack is connected.`,
    );
    return exitCodes.ok;
  });
};
