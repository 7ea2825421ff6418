import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { writeLines } from '../write-lines.ts';

const inputSchema = z.object({
  file: z.string().min(1).optional(),
  personal: z.boolean().default(false),
  force: z.boolean().default(false),
});

/** `adjutant audit export [file]` */
export const auditExport: Command = async (context, raw) => {
  const { io, output } = context;
  const { file, personal, force } = parseInput(inputSchema, raw);
  if (file === undefined && output.isJson) {
    throw new AdjutantError('InvalidInput', 'The ledger is many JSON lines, not one document.', {
      hint: 'Name a file for it, or leave --json out.',
    });
  }
  return withAdjutant(context, async ({ handle }) => {
    const lines = handle.audit.export({ withPersonalData: personal });
    if (file === undefined) {
      for await (const line of lines) io.stdout.write(`${line}\n`);
      return exitCodes.ok;
    }
    const { path, count } = await writeLines(io, file, lines, force);
    output.answer({ path, entries: count }, () => `${count} entries written to ${path}.`);
    return exitCodes.ok;
  });
};
