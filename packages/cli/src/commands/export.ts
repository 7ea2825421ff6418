import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { writeLines } from '../write-lines.ts';

const inputSchema = z.object({
  file: z.string().min(1).optional(),
  force: z.boolean().default(false),
});

/** `adjutant export [file]` */
export const exportCommand: Command = async (context, raw) => {
  const { io, output } = context;
  const { file, force } = parseInput(inputSchema, raw);
  if (file === undefined && output.isJson) {
    throw new AdjutantError('InvalidInput', 'An export is many JSON lines, not one document.', {
      hint: 'Name a file for it, or leave --json out.',
    });
  }
  return withAdjutant(context, async ({ adjutant }) => {
    const lines = adjutant.exportWorkspace();
    if (file === undefined) {
      for await (const line of lines) io.stdout.write(`${line}\n`);
      return exitCodes.ok;
    }
    const { path, count } = await writeLines(io, file, lines, force);
    output.answer({ path, rows: count - 1 }, () => `${count - 1} rows written to ${path}.`);
    return exitCodes.ok;
  });
};
