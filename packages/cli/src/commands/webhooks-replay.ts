import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  source: z.string().min(1).optional(),
  since: z.string().transform(parseDuration).optional(),
});

/** `adjutant webhooks replay [--source name] [--since 2d]`: what webhooks told of is read again. */
export const webhooksReplay: Command = async (context, raw) => {
  const { source, since: sinceMs } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant }) => {
    const inbox = adjutant.webhooks();
    const since = sinceMs === undefined ? undefined : context.clock.now() - sinceMs;
    const replayed = await inbox.replay(await adjutant.owner(), { source, since });
    if (replayed.hints > 0) await inbox.follow();
    context.output.answer(
      replayed,
      () =>
        `${replayed.deliveries} kept deliveries hint at ${replayed.hints} streams, which were read again.`,
    );
    return exitCodes.ok;
  });
};
