import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { keysText } from '../keys-text.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant keys list`, and `adjutant keys` */
export const keysList: Command = async (context) =>
  withAdjutant(context, async ({ secrets, keys }) => {
    const answer = {
      secrets: await secrets.list(),
      keys: await secrets.keys(),
      place: keys.place,
      unfinishedRotation: await secrets.hasUnfinishedRotation(),
    };
    context.output.answer(answer, () => keysText(answer, context.output));
    return exitCodes.ok;
  });
