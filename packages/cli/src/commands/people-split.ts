import { z } from 'zod';
import { changePeople } from '../change-people.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePerson } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseAccount } from '../parse-account.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ person: z.string().min(1), accounts: z.array(z.string()).min(1) });

/** `adjutant people split <person> <accounts...>` */
export const peopleSplit: Command = async (context, raw) => {
  const input = parseInput(inputSchema, raw);
  const accounts = input.accounts.map(parseAccount);
  return withAdjutant(context, async (opened) => {
    const { handle } = opened;
    const person = await findOnePerson(handle, input.person);
    const change = await changePeople(
      opened,
      { kind: 'split', personId: person.id, accounts },
      () => handle.splitPerson(person.id, accounts),
    );
    context.output.answer(
      change,
      () =>
        `${accounts.length} of the accounts are a person of their own now.\nTo take it back: adjutant people undo ${change.id}`,
    );
    return exitCodes.ok;
  });
};
