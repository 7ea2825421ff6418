import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneAction } from '../find-one-action.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  action: z.string().min(1).max(100),
  verdict: z
    .enum(['happened', 'did-not-happen'], 'write happened or did-not-happen')
    .transform((verdict) => (verdict === 'happened' ? verdict : ('did_not_happen' as const))),
  reason: z.string('say how you know, with --reason').min(1).max(500),
});

/** `adjutant actions resolve <action> happened|did-not-happen --reason <text>` */
export const actionsResolve: Command = async (context, raw) => {
  const { action: named, verdict, reason } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const { id } = await findOneAction(handle, named);
    const action = await handle.actions.resolve(id, verdict, reason);
    context.output.answer(action, () => `Noted. It is ${action.status.replaceAll('_', ' ')} now.`);
    return exitCodes.ok;
  });
};
