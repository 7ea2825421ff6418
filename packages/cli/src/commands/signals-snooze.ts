import { AdjutantError } from '@adjutant/core/ports';
import { formatMinute, plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneFinding } from '../find-one-finding.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const unitMs = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;
const forSchema = z
  .string()
  .regex(/^[1-9]\d{0,3}[hdw]$/, 'write a number and a unit: 4h, 3d, 2w')
  .transform((text) => Number(text.slice(0, -1)) * unitMs[text.slice(-1) as keyof typeof unitMs]);
const inputSchema = z.object({
  finding: z.string().min(1).max(100),
  for: forSchema.optional(),
  end: z.boolean().default(false),
});

/** `adjutant signals snooze <finding> --for 3d`, or `--end` */
export const signalsSnooze: Command = async (context, raw) => {
  const { finding: named, for: lengthMs, end } = parseInput(inputSchema, raw);
  if ((lengthMs === undefined) === !end) {
    throw new AdjutantError('InvalidInput', 'A finding is snoozed for a time, or no longer.', {
      hint: 'Write --for 3d to hide it, or --end to show it again.',
    });
  }
  const { output, clock } = context;
  return withAdjutant(context, async ({ handle: { signals } }) => {
    const id = await findOneFinding(signals, named);
    const finding = await signals.snooze(
      id,
      lengthMs === undefined ? null : clock.now() + lengthMs,
    );
    const { snoozedUntil, sentence } = finding;
    output.answer(finding, () =>
      [
        snoozedUntil === null ? 'Shown again:' : `Hidden until ${formatMinute(snoozedUntil)} UTC:`,
        plainText(sentence, 600),
      ].join(' '),
    );
    return exitCodes.ok;
  });
};
