import { z } from 'zod';
import { type ForecastDefinition, windowSchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { readWindow } from '../metrics/compute-metric.ts';
import { parseInput } from '../parse-input.ts';
import type { ForecastAnswer, ForecastQuery } from '../workspace/handle.ts';
import { readAnswerMeta } from './answer-meta.ts';
import { readDailyMerges } from './daily-merges.ts';
import type { ReadContext } from './read-context.ts';
import { findRepository } from './repositories.ts';
import { readTouchingGaps } from './touching-gaps.ts';
import { dayMs, dayText, nextStartOfDay, startOfDay } from './utc-days.ts';

const historyDays = 90;
const defaultSeed = 1;
const mostItems = 100_000;

const querySchema = z.object({
  items: z.number().int().min(1).max(mostItems).optional(),
  until: z.number().int().optional(),
  repository: z.string().min(1).max(400).optional(),
  history: windowSchema.optional(),
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
});

/**
 * Returns how many pull requests will be merged by a day, when so many are, or both.
 * @throws AdjutantError `Configuration` where no forecast was given, `InvalidInput`, `NotFound`
 */
export async function forecast(
  context: ReadContext,
  query: ForecastQuery,
): Promise<ForecastAnswer> {
  const definition = forecastOf(context);
  const asked = parseInput(querySchema, query);
  const { items = null, until = null, seed = defaultSeed } = asked;
  if (items === null && until === null) {
    throw new AdjutantError('InvalidInput', 'A forecast needs items, until or both.', {
      hint: 'Give how many items are to be finished, or the day until which to count.',
    });
  }
  const now = context.clock.now();
  const start = nextStartOfDay(now);
  const untilDays = until === null ? null : daysUntil(until, start, definition);
  const history =
    asked.history === undefined
      ? { from: startOfDay(now) - historyDays * dayMs, to: now }
      : readWindow(asked.history, now);
  const repositoryExternalId =
    asked.repository === undefined ? null : await findRepository(context, asked.repository);
  const { caveats, ...merges } = await readDailyMerges(context, {
    history,
    now,
    repositoryExternalId,
  });
  const told = definition.forecast({ ...merges, start, untilDays, items, seed });
  const read = { subject: 'pull_request', columns: ['mergedAt'] };
  return {
    ...told,
    caveats: [...told.caveats, ...caveats],
    gaps: await readTouchingGaps(context, read, repositoryExternalId),
    meta: await readAnswerMeta(context),
  };
}

function forecastOf({ metrics }: ReadContext): ForecastDefinition {
  if (metrics.forecast !== undefined) return metrics.forecast;
  throw new AdjutantError('Configuration', 'This instance was given no forecast.', {
    hint: 'Give createAdjutant a set of metrics that brings one, such as allMetrics of @adjutant/metrics.',
  });
}

/** Returns how many full days lie between the first forecast day and an instant. */
function daysUntil(until: number, start: number, { longestDays }: ForecastDefinition): number {
  const days = Math.floor((until - start) / dayMs);
  if (days >= 1 && days <= longestDays) return days;
  throw new AdjutantError(
    'InvalidInput',
    days < 1
      ? 'The day to forecast to must lie after today, in UTC.'
      : `A forecast reaches ${longestDays} days ahead at most.`,
    { hint: `Give a day from ${dayText(start)} to ${dayText(start + (longestDays - 1) * dayMs)}.` },
  );
}
