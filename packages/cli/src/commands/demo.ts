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
});

/** `adjutant demo [--seed n]` */
export const demo: Command = async (context, raw) => {
  const { seed } = parseInput(inputSchema, raw);
  const result = await runDemo(context, seed);
  context.output.answer(result, () => demoText(result, context.output, programNames(context.io)));
  return demoAgrees(result) ? exitCodes.ok : exitCodes.failed;
};
