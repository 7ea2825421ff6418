import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { demoText } from '../demo/demo-text.ts';
import { demoAgrees, runDemo } from '../demo/run-demo.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';
import { programNames } from '../program-name.ts';

const inputSchema = z.object({
  seed: z
    .string()
    .regex(/^\d{1,9}$/, 'write a whole number, such as 7')
    .transform(Number),
  yes: z.boolean().default(false),
});

/** `adjutant demo [--seed n] [--yes]` */
export const demo: Command = async (context, raw) => {
  const { seed, yes } = parseInput(inputSchema, raw);
  const result = await runDemo(context, seed, yes || !context.io.isInteractive);
  context.output.answer(result, () => demoText(result, context.output, programNames(context.io)));
  return demoAgrees(result) ? exitCodes.ok : exitCodes.failed;
};
