import { z } from 'zod';
import { acceptAbove } from '../accept-above.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { decisionText } from '../proposals-text.ts';

const inputSchema = z
  .object({
    proposal: z.string().min(1).max(1_000).optional(),
    above: z
      .string()
      .regex(/^(0\.\d{1,6}|1(\.0{1,6})?)$/, 'write a number such as 0.9')
      .transform(Number)
      .optional(),
    yes: z.boolean().default(false),
  })
  .refine(({ proposal, above }) => (proposal === undefined) !== (above === undefined), {
    path: ['proposal'],
    message: 'name either what the review lists or --above',
  });

/** `adjutant people accept <proposal> | --above <confidence> [--yes]` */
export const peopleAccept: Command = async (context, raw) => {
  const { proposal, above, yes } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    if (above !== undefined) {
      await acceptAbove(context, handle, { above, yes });
      return exitCodes.ok;
    }
    const decision = await handle.teamProposals.accept(proposal ?? '');
    context.output.answer(decision, () => decisionText(decision));
    return exitCodes.ok;
  });
};
