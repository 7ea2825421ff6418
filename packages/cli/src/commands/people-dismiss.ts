import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { decisionText } from '../proposals-text.ts';

const inputSchema = z.object({ proposal: z.string().min(1).max(1_000) });

/** `adjutant people dismiss <proposal>` */
export const peopleDismiss: Command = async (context, raw) => {
  const { proposal } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const decision = await handle.teamProposals.dismiss(proposal);
    context.output.answer(decision, () => decisionText(decision));
    return exitCodes.ok;
  });
};
