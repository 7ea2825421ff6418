import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ name: z.string().min(1).max(1_000) });

/** `adjutant keys remove <name>` */
export const keysRemove: Command = async (context, raw) => {
  const { name } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ secrets }) => {
    if (!(await secrets.remove(name))) {
      throw new AdjutantError('NotFound', `There is no secret "${name}".`, {
        hint: 'Run: adjutant keys list',
      });
    }
    context.output.answer({ name, removed: true }, () => `${name} is removed.`);
    return exitCodes.ok;
  });
};
