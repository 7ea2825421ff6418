import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { nothingConfigured } from '../nothing-configured.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { syncOnce } from '../sync-once.ts';
import { syncRepeatedly } from '../sync-repeatedly.ts';
import { failureIn, syncSummaryText } from '../sync-summary.ts';

const inputSchema = z.object({ every: z.string().transform(parseDuration).optional() });

/** `adjutant sync [--every 15m]` */
export const sync: Command = async (context, raw) => {
  const { io, output } = context;
  const { every: everyMs } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant, loaded }) => {
    if (Object.keys(loaded.config.connectors).length === 0) throw nothingConfigured(loaded.path);
    if (everyMs !== undefined) {
      await syncRepeatedly(context, adjutant, everyMs);
      return exitCodes.interrupted;
    }
    const summary = await syncOnce(context, adjutant);
    output.answer(summary, () => syncSummaryText(summary, output));
    if (io.signal.aborted) return exitCodes.interrupted;
    return failureIn(summary) === null ? exitCodes.ok : exitCodes.failed;
  });
};
