import { accessScopeSchema } from '@adjutant/core/domain';
import { formatDay } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { shortTokenId } from '../tokens-text.ts';

const inputSchema = z.object({
  name: z.string(),
  scope: z.array(accessScopeSchema).min(1),
  agent: z.string().optional(),
  days: z
    .string()
    .regex(/^\d{1,3}$/, 'write a number of days, from 1 to 366')
    .transform(Number)
    .optional(),
});

/** `adjutant tokens create <name> --scope read [--scope propose] [--agent name] [--days 90]` */
export const tokensCreate: Command = async (context, raw) => {
  const { name, scope: scopes, agent, days } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant }) => {
    const made = await adjutant.accessTokens(await adjutant.owner()).create({
      ...{ name, scopes },
      ...(agent === undefined ? {} : { agentName: agent }),
      ...(days === undefined ? {} : { expiresInDays: days }),
    });
    context.output.answer(made, () =>
      [
        made.token,
        '',
        `It is shown this once, and holds until ${formatDay(made.expiresAt)}. It stands for ${standsFor(agent)}.`,
        `To end it sooner: adjutant tokens revoke ${shortTokenId(made)}`,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};

function standsFor(agent: string | undefined): string {
  return agent === undefined ? 'you' : 'an assistant that works for you';
}
