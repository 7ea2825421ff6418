import { z } from 'zod';
import { actionText } from '../action-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneAction } from '../find-one-action.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ action: z.string().min(1).max(100) });

/** `adjutant actions show <action>` */
export const actionsShow: Command = async (context, raw) => {
  const { action: named } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const action = await findOneAction(handle, named);
    context.output.answer(action, () => actionText(action, context.clock.now(), context.output));
    return exitCodes.ok;
  });
};
