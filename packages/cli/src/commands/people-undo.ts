import { z } from 'zod';
import { changePeople } from '../change-people.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ change: z.string().min(1).max(100) });

/** `adjutant people undo <change>`: a merge, a split, or an answer to a proposal. */
export const peopleUndo: Command = async (context, raw) => {
  const { change } = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const { handle } = opened;
    const decisions = await handle.teamProposals.decisions();
    if (decisions.some(({ id }) => id === change)) await handle.teamProposals.undo(change);
    else {
      await changePeople(opened, { kind: 'undo', changeId: change }, () =>
        handle.undoIdentityChange(change),
      );
    }
    context.output.answer({ undone: change }, () => 'Taken back.');
    return exitCodes.ok;
  });
};
