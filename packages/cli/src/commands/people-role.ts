import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import { changePeople } from '../change-people.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePersonForAuthority } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  person: z.string().min(1),
  role: z.enum(['member', 'lead'], 'is member or lead'),
});

/** `adjutant people role <person> <role>` */
export const peopleRole: Command = async (context, raw) => {
  const { person: named, role } = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const { handle } = opened;
    const { id, displayName } = await findOnePersonForAuthority(handle, named);
    const change = await changePeople(opened, { kind: 'set_role', personId: id, role }, () =>
      handle.identityReview.setRole(id, role),
    );
    const name = plainText(displayName, 60);
    context.output.answer(change, () =>
      change.was === role
        ? `${name} is ${role} already.`
        : `${name} is ${role} now. Whoever is signed in as them signs in again.`,
    );
    return exitCodes.ok;
  });
};
