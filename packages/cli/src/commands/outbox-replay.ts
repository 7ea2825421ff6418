import { viewerLabel } from '@adjutant/core/domain';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ event: z.string().min(1).max(80).optional() });

/** `adjutant outbox replay [event]`: one, or all that were given up, the oldest first. */
export const outboxReplay: Command = async (context, raw) => {
  const { event } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant, handle }) => {
    const { outbox } = adjutant;
    const ids =
      event === undefined
        ? (await outbox.dead(handle.workspaceId)).map(({ id }) => id).toSorted()
        : [event];
    for (const id of ids) await outbox.redrive(id, viewerLabel(handle.viewer));
    context.output.answer({ replayed: ids }, () =>
      ids.length === 0
        ? 'No event was given up.'
        : `Put back: ${ids.length} ${ids.length === 1 ? 'event' : 'events'}. "adjutant serve" delivers.`,
    );
    return exitCodes.ok;
  });
};
