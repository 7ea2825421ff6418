import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneAction } from '../find-one-action.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  action: z.string().min(1).max(100),
  reason: z.string().max(500).optional(),
});

/** `adjutant actions withdraw <action>` */
export const actionsWithdraw: Command = async (context, raw) => {
  const { action: named, reason } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const { id } = await findOneAction(handle, named);
    const action = await handle.actions.withdraw(id, reason);
    const isGone = action.status === 'revoked';
    context.output.answer(action, () =>
      isGone
        ? 'Withdrawn. Nothing is carried out.'
        : `It is ${action.status.replaceAll('_', ' ')} already and stays so.`,
    );
    return isGone ? exitCodes.ok : exitCodes.failed;
  });
};
