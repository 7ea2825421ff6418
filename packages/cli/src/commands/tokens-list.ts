import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { tokensText } from '../tokens-text.ts';

/** `adjutant tokens list`, and `adjutant tokens` */
export const tokensList: Command = async (context) =>
  withAdjutant(context, async ({ adjutant }) => {
    const tokens = await adjutant.accessTokens(await adjutant.owner()).list();
    const { clock, output } = context;
    output.answer({ tokens }, () => tokensText(tokens, clock.now(), output));
    return exitCodes.ok;
  });
