import type { ApproverGrant } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { grantText, shortGrantId } from '../approvers-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { meantByLogin } from '../meant-by-login.ts';
import { type OpenAdjutant, withAdjutant } from '../open-adjutant.ts';
import { type AccountName, parseAccount } from '../parse-account.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  account: z.string().min(1).max(300),
  type: z.string().min(1).max(80).optional(),
  escalation: z.string().regex(/^\d$/, 'write a number from 0 to 9').transform(Number).optional(),
});

/** `adjutant approvers grant <source:id> [--type pr.merge] [--escalation 1]` */
export const approversGrant: Command = async (context, raw) => {
  const { account: named, type, escalation } = parseInput(inputSchema, raw);
  const account = parseAccount(named);
  return withAdjutant(context, async (opened) => {
    const grant = await grantTo(opened, account, { scope: type, escalationLevel: escalation });
    context.output.answer(grant, () =>
      [
        `May decide now: ${grantText(grant)}`,
        'Until an earlier passkey has signed theirs, they prove no presence. Their way to the page:',
        `  adjutant approvers link ${account.source}:${account.externalId}`,
        `To take it back: adjutant approvers revoke ${shortGrantId(grant)}`,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};

async function grantTo(
  { adjutant, handle }: OpenAdjutant,
  account: AccountName,
  reach: { scope: string | undefined; escalationLevel: number | undefined },
): Promise<ApproverGrant> {
  try {
    return await adjutant.approvers().grant(await adjutant.owner(), {
      accountSource: account.source,
      accountExternalId: account.externalId,
      ...reach,
    });
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'NotFound') throw error;
    throw (await meantByLogin(handle, account)) ?? error;
  }
}
