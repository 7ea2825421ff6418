import type { Verdict } from '@adjutant/core/domain';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { actionText } from './actions-text.ts';
import type { Command } from './command-context.ts';
import { decideAtTerminal } from './decide-at-terminal.ts';
import { exitCodes } from './exit-codes.ts';
import { findOneAction } from './find-one-action.ts';
import { withAdjutant } from './open-adjutant.ts';
import { parseInput } from './parse-input.ts';

const inputSchema = z.object({
  action: z.string().min(1).max(100),
  reason: z.string().max(500).optional(),
});

/**
 * Returns the command that decides one action. It wants a person at a terminal who has just seen what
 * is decided, and who confirms it: a script that decides would be nobody's decision.
 */
export function decideCommand(verdict: Verdict): Command {
  return async (context, raw) => {
    const { action: named, reason } = parseInput(inputSchema, raw);
    const { io, output, clock } = context;
    if (!io.isInteractive) {
      throw new AdjutantError('Permission', 'Only a person at a terminal decides.', {
        hint: 'Run it in a terminal of your own, or decide on the page: adjutant serve',
      });
    }
    return withAdjutant(context, async ({ handle }) => {
      const action = await findOneAction(handle, named);
      const prompts = await io.prompts();
      prompts.note(actionText(action, clock.now(), output));
      const message = verdict === 'approve' ? 'Approve exactly this?' : 'Decline it?';
      if ((await prompts.confirm({ message, initial: false })) !== true) {
        output.answer(action, () => 'Nothing was decided.');
        return exitCodes.failed;
      }
      const decided = await decideAtTerminal(handle, action, { verdict, reason });
      output.answer(decided, () => `It is ${decided.status.replaceAll('_', ' ')} now.`);
      return exitCodes.ok;
    });
  };
}
