import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { statusText } from '../status-text.ts';
import { troubleLines } from '../store-trouble-text.ts';

/** `adjutant status` */
export const status: Command = (context) =>
  withAdjutant(context, async ({ adjutant, handle }) => {
    const found = await handle.syncStatus();
    const storeTrouble = await adjutant.probeStore();
    context.output.answer({ ...found, storeTrouble }, () =>
      [...troubleLines(storeTrouble, context.output), statusText(found, context.output)].join('\n'),
    );
    return exitCodes.ok;
  });
