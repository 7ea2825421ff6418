import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { changesText } from '../people-text.ts';

/** `adjutant people changes`: merges and splits, those of a rule too, with what takes each back. */
export const peopleChanges: Command = async (context) =>
  withAdjutant(context, async ({ handle }) => {
    const changes = await handle.identityChanges();
    context.output.answer({ changes }, () => changesText(changes));
    return exitCodes.ok;
  });
