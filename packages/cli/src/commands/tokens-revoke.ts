import { AdjutantError } from '@adjutant/core/ports';
import type { AccessToken } from '@adjutant/core/domain';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ token: z.string().min(1).max(200) });
const shortestEnd = 6;

/** `adjutant tokens revoke <id>` */
export const tokensRevoke: Command = async (context, raw) => {
  const { token: named } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant }) => {
    const tokens = adjutant.accessTokens(await adjutant.owner());
    const token = findOneToken(await tokens.list(), named);
    await tokens.revoke(token.id);
    context.output.answer(
      { revoked: token.id },
      () => `Opens nothing any more: ${plainText(token.name, 60)}`,
    );
    return exitCodes.ok;
  });
};

function findOneToken(tokens: readonly AccessToken[], named: string): AccessToken {
  const found = tokens.filter(
    ({ id, revokedAt }) =>
      revokedAt === null && (id === named || (named.length >= shortestEnd && id.endsWith(named))),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  // Somebody may paste the token itself, which is not to be printed.
  throw new AdjutantError('NotFound', 'No open token has that id.', {
    hint: '"adjutant tokens list" shows them with their ids.',
  });
}
