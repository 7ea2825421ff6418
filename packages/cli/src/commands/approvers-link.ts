import type { ApproverGrant } from '@adjutant/core';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePersonForAuthority } from '../find-one-person.ts';
import { type OpenAdjutant, withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { portSchema } from '../port-schema.ts';
import { makeSignInLink } from '../sign-in-link.ts';

const inputSchema = z.object({ person: z.string().min(1).max(300), port: portSchema });

/** `adjutant approvers link <person> [--port n]` */
export const approversLink: Command = async (context, raw) => {
  const { person: named, port } = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const grants = await opened.adjutant.approvers().list();
    const { id, name } = await findPerson(opened, grants, named);
    const made = await makeSignInLink(opened, { port, personId: id });
    const mayDecide = grants.some(({ personId }) => personId === id);
    const answer = { personId: id, personName: name, mayDecide, ...made };
    context.output.answer(answer, () =>
      [
        `For ${plainText(name, 80)}, once, within five minutes: ${made.link}`,
        'Give it to nobody else: whoever opens it is signed in as them. It proves no presence; their passkey does, once an earlier one has signed it.',
        ...(mayDecide ? [] : ['They may not decide yet: adjutant approvers grant <account>']),
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};

/** Somebody who may decide is named by that right too, for example the owner, who has no account. */
async function findPerson(
  { handle }: OpenAdjutant,
  grants: readonly ApproverGrant[],
  named: string,
): Promise<{ id: string; name: string }> {
  const wanted = named.trim().toLowerCase();
  const ids = new Map(
    grants
      .filter(({ personId, personName, accountSource, accountExternalId }) =>
        [personId, personName, `${accountSource}:${accountExternalId}`].some(
          (name) => name.toLowerCase() === wanted,
        ),
      )
      .map(({ personId, personName }) => [personId, personName]),
  );
  const [only] = ids;
  if (only !== undefined && ids.size === 1) return { id: only[0], name: only[1] };
  const { id, displayName } = await findOnePersonForAuthority(handle, named);
  return { id, name: displayName };
}
