import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import { changePeople } from '../change-people.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePerson } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ from: z.string().min(1), to: z.string().min(1) });

/** `adjutant people merge <from> <to>` */
export const peopleMerge: Command = async (context, raw) => {
  const input = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const { handle } = opened;
    const from = await findOnePerson(handle, input.from);
    const to = await findOnePerson(handle, input.to);
    const change = await changePeople(
      opened,
      { kind: 'merge', fromPersonId: from.id, toPersonId: to.id },
      () => handle.mergePeople(from.id, to.id),
    );
    const names = `${plainText(from.displayName, 60)} is now ${plainText(to.displayName, 60)}`;
    context.output.answer(
      change,
      () => `${names}.\nTo take it back: adjutant people undo ${change.id}`,
    );
    return exitCodes.ok;
  });
};
