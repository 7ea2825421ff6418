import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ type: z.string().min(1).max(80).optional() });

/** `adjutant actions resume [type]` */
export const actionsResume: Command = async (context, raw) => {
  const { type } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    await handle.actions.resume(type);
    context.output.answer({ resumed: type ?? '*' }, () => `Goes on: ${type ?? 'every action'}.`);
    return exitCodes.ok;
  });
};
