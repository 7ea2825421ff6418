import { z } from 'zod';
import { aiImpactText } from '../ai-impact-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { daysSchema, parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  days: daysSchema.optional(),
  repository: z.string().min(1).max(300).optional(),
});
const dayMs = 86_400_000;

/** `adjutant ai-impact [--days <n>] [--repository <name>]` */
export const aiImpact: Command = async (context, raw) => {
  const { output, clock } = context;
  const { days, repository } = parseInput(inputSchema, raw);
  const to = clock.now();
  const window = days === undefined ? undefined : { from: to - days * dayMs, to };
  return withAdjutant(context, async ({ handle }) => {
    const comparison = await handle.aiImpact.compare({ window, repository });
    const adoption = await handle.aiImpact.adoption({ window, repository });
    output.answer({ comparison, adoption }, () => aiImpactText(comparison, adoption, output));
    return exitCodes.ok;
  });
};
