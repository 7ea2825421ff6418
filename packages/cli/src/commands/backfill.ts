import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { nothingConfigured } from '../nothing-configured.ts';
import { syncOnce } from '../sync-once.ts';
import { failureIn, syncSummaryText } from '../sync-summary.ts';

const dayMs = 86_400_000;
const mostDays = 36_500;

const inputSchema = z.object({
  since: z.iso.date('is written as a day, such as 2026-01-31').optional(),
  days: z.coerce.number().int().min(1).max(mostDays).optional(),
});

/** `adjutant backfill --since 2026-01-31` or `--days 90` */
export const backfill: Command = async (context, raw) => {
  const { io, output, clock } = context;
  const since = startOf(parseInput(inputSchema, raw), clock.now());
  return withAdjutant(context, async ({ adjutant, loaded }) => {
    if (Object.keys(loaded.config.connectors).length === 0) throw nothingConfigured(loaded.path);
    const summary = await syncOnce(context, adjutant, { mode: 'backfill', since });
    output.answer({ since, ...summary }, () => {
      const day = new Date(since).toISOString().slice(0, 10);
      return [
        `Read back to ${day}, that day included (UTC).`,
        syncSummaryText(summary, output),
      ].join('\n');
    });
    if (io.signal.aborted) return exitCodes.interrupted;
    return failureIn(summary) === null ? exitCodes.ok : exitCodes.failed;
  });
};

/** The first instant of the day asked for: the day itself is read. */
function startOf({ since, days }: z.infer<typeof inputSchema>, now: number): number {
  if ((since === undefined) === (days === undefined)) {
    throw new AdjutantError('InvalidInput', 'Say how far back to read, in one way.', {
      hint: 'Write --since 2026-01-31, or --days 90.',
    });
  }
  const start =
    since === undefined
      ? Math.floor(now / dayMs) * dayMs - (days ?? 0) * dayMs
      : Date.parse(`${since}T00:00:00Z`);
  if (start > 0 && start <= now) return start;
  throw new AdjutantError('InvalidInput', 'That day cannot be read back to.', {
    hint: 'Name a day that has been, after 1970.',
  });
}
