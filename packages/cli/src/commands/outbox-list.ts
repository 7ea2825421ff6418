import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { deadEventsText } from '../jobs-text.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant outbox [list]`: events that could not be delivered. */
export const outboxList: Command = async (context) =>
  withAdjutant(context, async ({ adjutant, handle }) => {
    const dead = await adjutant.outbox.dead(handle.workspaceId);
    context.output.answer({ dead }, () => deadEventsText(dead));
    return exitCodes.ok;
  });
