import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { statusText } from '../status-text.ts';

/** `adjutant status` */
export const status: Command = (context) =>
  withAdjutant(context, async ({ handle }) => {
    const found = await handle.syncStatus();
    context.output.answer(found, () => statusText(found, context.output));
    return exitCodes.ok;
  });
