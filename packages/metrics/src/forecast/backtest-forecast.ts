import type { ForecastBacktest } from '@adjutant/core/domain';
import { dayMs } from '../week-buckets.ts';
import { drawTotals, itemsReached } from './resample.ts';

/** Days of history without which nothing is forecast: four full weeks. @unit days */
export const leastHistoryDays = 28;

/** Many forecasts are checked, so each of them takes fewer runs than the one that is told. */
const backtestRuns = 2_000;
const probability = 0.85;
/** A year of them; older ones say less of today. */
const mostMondays = 52;

/** The epoch began on a Thursday. */
const firstMondayDay = 4;

export interface BacktestInput {
  /** Items finished on each known day without a break, oldest first. */
  counts: readonly number[];
  firstDayStart: number;
  /** How many days each forecast draws from at most. */
  historyDays: number;
  horizonDays: number;
  seed: number;
}

/**
 * Returns how often the 85 % forecast of a past Monday held: made from nothing but the days before
 * that Monday, with the same rule, and compared with what was finished in the days after it.
 */
export function backtestForecast(
  input: BacktestInput,
): ForecastBacktest & { promisedNothing: number } {
  const { counts, horizonDays, seed } = input;
  let forecasts = 0;
  let held = 0;
  let promisedNothing = 0;
  for (const monday of mondays(input)) {
    const past = counts.slice(Math.max(0, monday - input.historyDays), monday);
    if (past.length < leastHistoryDays || past.every((count) => count === 0)) continue;
    const totals = drawTotals({ counts: past, seed, runs: backtestRuns }, horizonDays);
    const promised = itemsReached(totals, probability) ?? 0;
    const finished = sumOf(counts.slice(monday, monday + horizonDays));
    forecasts += 1;
    if (finished >= promised) held += 1;
    if (promised === 0) promisedNothing += 1;
  }
  const share = forecasts === 0 ? null : held / forecasts;
  return { probability, horizonDays, forecasts, held, share, promisedNothing };
}

/** Positions of the last Mondays that have all the days of the horizon after them. */
function mondays({ counts, firstDayStart, horizonDays }: BacktestInput): number[] {
  const firstDay = Math.round(firstDayStart / dayMs);
  const positions: number[] = [];
  for (let position = 0; position + horizonDays <= counts.length; position += 1) {
    if ((firstDay + position - firstMondayDay) % 7 === 0) positions.push(position);
  }
  return positions.slice(-mostMondays);
}

/** Returns the sum of the counts. */
export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
