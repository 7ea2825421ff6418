import type { ApproverGrant } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { grantText } from '../approvers-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ grant: z.string().min(1).max(200) });
const shortestEnd = 6;

/** `adjutant approvers revoke <grant>` */
export const approversRevoke: Command = async (context, raw) => {
  const { grant: named } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant }) => {
    const approvers = adjutant.approvers();
    const grant = findOneGrant(await approvers.list(), named);
    await approvers.revoke(await adjutant.owner(), grant.id);
    context.output.answer({ revoked: grant.id }, () =>
      [
        `May no longer decide: ${grantText(grant)}`,
        'What they approved and is not carried out yet needs another approval.',
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};

function findOneGrant(grants: readonly ApproverGrant[], named: string): ApproverGrant {
  const found = grants.filter(
    ({ id }) => id === named || (named.length >= shortestEnd && id.endsWith(named)),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new AdjutantError('NotFound', `No right "${named.slice(0, 80)}" is in force.`, {
    hint: '"adjutant approvers" lists them with their ids.',
  });
}
