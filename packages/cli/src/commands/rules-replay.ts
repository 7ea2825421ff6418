import { AdjutantError, windowOfDays } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { requireRule } from '../require-rule.ts';
import { replayText } from '../rules-text.ts';

const inputSchema = z.object({
  rule: z.string().min(1).max(100),
  since: z.iso.date('write the first day, such as 2026-09-01').optional(),
  every: z.enum(['day', 'hour'], 'write day or hour').default('day'),
});

/** Only where the window begins is asked for. */
const lastDay = '2200-12-31';

/** `adjutant rules replay <rule> --since <day> [--every hour]` */
export const rulesReplay: Command = async (context, raw) => {
  const { rule, since: day, every } = parseInput(inputSchema, raw);
  if (day === undefined) {
    throw new AdjutantError('InvalidInput', 'A replay needs the day to begin with.', {
      hint: 'Add --since, such as --since 2026-09-01.',
    });
  }
  return withAdjutant(context, async ({ handle }) => {
    await requireRule(handle.signals, rule);
    const window = windowOfDays({ from: day, to: lastDay }, handle.timeZone);
    const replay = await handle.signals.replay({ rule, since: window?.from ?? 0, every });
    context.output.answer(replay, () => replayText(replay, context.output));
    return exitCodes.ok;
  });
};
