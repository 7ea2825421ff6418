import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePerson } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ person: z.string().min(1), accounts: z.array(z.string()).min(1) });

/** `adjutant people split <person> <accounts...>` */
export const peopleSplit: Command = async (context, raw) => {
  const input = parseInput(inputSchema, raw);
  const accounts = input.accounts.map(accountKey);
  return withAdjutant(context, async ({ handle }) => {
    const person = await findOnePerson(handle, input.person);
    const change = await handle.splitPerson(person.id, accounts);
    context.output.answer(
      change,
      () =>
        `${accounts.length} of the accounts are a person of their own now.\nTo take it back: adjutant people undo ${change.id}`,
    );
    return exitCodes.ok;
  });
};

function accountKey(text: string): { source: string; externalId: string } {
  const at = text.indexOf(':');
  if (at > 0) return { source: text.slice(0, at), externalId: text.slice(at + 1) };
  throw new AdjutantError('InvalidInput', `"${text.slice(0, 80)}" is not an account.`, {
    hint: 'Write source and id as "adjutant people" shows them, such as git:ada@example.com.',
  });
}
