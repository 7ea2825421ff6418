import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  type: z.string().min(1).max(80).optional(),
  reason: z.string().max(500).optional(),
});

/** `adjutant actions stop [type]` */
export const actionsStop: Command = async (context, raw) => {
  const { type, reason } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    await handle.actions.stop(type, reason);
    const back = `adjutant actions resume${type === undefined ? '' : ` ${type}`}`;
    context.output.answer({ stopped: type ?? '*' }, () =>
      [
        `Stopped: ${type ?? 'every action'}. What is being sent right now cannot be called back;`,
        `nothing else starts. To go on: ${back}`,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};
