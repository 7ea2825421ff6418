import { z } from 'zod';
import { changePeople } from '../change-people.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePerson } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseAccount } from '../parse-account.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ person: z.string().min(1), accounts: z.array(z.string()) });

/** `adjutant people bot <person> [accounts...]` */
export const peopleBot: Command = async (context, raw) => {
  const input = parseInput(inputSchema, raw);
  const chosen = input.accounts.map(parseAccount);
  return withAdjutant(context, async (opened) => {
    const { handle } = opened;
    const person = await findOnePerson(handle, input.person);
    const accounts = chosen.length === 0 ? undefined : chosen;
    const change = await changePeople(
      opened,
      { kind: 'mark_bot', personId: person.id, accounts },
      () => handle.identityReview.markBot(person.id, accounts),
    );
    context.output.answer(
      change,
      () =>
        `${change.accounts.length === 1 ? 'One account counts' : `${change.accounts.length} accounts count`} as a bot's now. Figures of reviews follow with the next "adjutant sync".\nTo take it back: adjutant people undo ${change.id}`,
    );
    return exitCodes.ok;
  });
};
