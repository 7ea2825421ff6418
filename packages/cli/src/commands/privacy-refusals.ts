import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { refusalsText } from '../privacy-text.ts';

const inputSchema = z.object({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'write a whole number from 1 to 200')
    .transform(Number)
    .refine((limit) => limit <= 200, 'write a whole number from 1 to 200')
    .default(30),
});

/** `adjutant privacy refusals` */
export const privacyRefusals: Command = async (context, raw) => {
  const query = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const page = await handle.privacy.refusals(query);
    context.output.answer(page, () => refusalsText(page, context.output));
    return exitCodes.ok;
  });
};
