import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { demoText } from '../demo/demo-text.ts';
import { demoAgrees, runDemo } from '../demo/run-demo.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';
import { portSchema } from '../port-schema.ts';
import { programNames } from '../program-name.ts';

const inputSchema = z.object({
  seed: z
    .string()
    .regex(/^\d{1,9}$/, 'write a whole number, such as 7')
    .transform(Number),
  yes: z.boolean().default(false),
  serve: z.boolean().default(false),
  port: portSchema,
});

/** `adjutant demo [--seed n] [--yes] [--serve [--port n]]` */
export const demo: Command = async (context, raw) => {
  const { seed, yes, serve, port } = parseInput(inputSchema, raw);
  const { io, output } = context;
  let served: ExitCode | null = null;
  const result = await runDemo(context, seed, yes || !io.isInteractive, async (made, places) => {
    const isShownLater = serve && output.isJson;
    if (!isShownLater) output.answer(made, () => demoText(made, output, programNames(io)));
    if (!serve || !demoAgrees(made)) return;
    const { serveDemo } = await import('../demo/serve-demo.ts');
    served = await serveDemo(context, made, { places, port });
  });
  return served ?? (demoAgrees(result) ? exitCodes.ok : exitCodes.failed);
};
