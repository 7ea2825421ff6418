import type {
  DaysForecast,
  Forecast,
  ForecastDefinition,
  ForecastHistory,
  ForecastInput,
  ItemsForecast,
} from '@adjutant/core/domain';
import { forecastProbabilities } from '@adjutant/core/domain';
import { botCountCaveat, counted, smallSampleCaveat } from '../caveats.ts';
import { dayMs } from '../week-buckets.ts';
import { backtestForecast, leastHistoryDays, sumOf } from './backtest-forecast.ts';
import type { Resampling } from './resample.ts';
import { daysNeeded, drawDurations, drawTotals, itemsReached } from './resample.ts';

const defaultRuns = 20_000;
const longestDays = 365;
/** Farther ahead, too few past Mondays would have their whole horizon behind them. */
const longestBacktestDays = 28;
const usualBacktestDays = 14;
/** Below this many past forecasts, their share says little. */
const fewForecasts = 8;
/** History that holds fewer periods than this of the length asked for is thin. */
const periodsWanted = 3;

const version = 1;
const definition =
  'The future is drawn day by day from the full UTC days of the history, days without a finished item among them, each as likely as the others, 20,000 times over. "How many" is the largest count that at least the given share of the runs reached; "when" is the first day by which at least that share was done. It begins with the first full UTC day after now and assumes that the coming days are like those of the history: same people, same size of items, no trend, no weekday and no holiday. The backtest repeats the 85 % forecast for each Monday of the past year from the days before it alone and counts how often it held; neighbouring horizons may overlap, so these are not independent trials. Below four full weeks of history, or where nothing was finished in it, nothing is forecast, nor is anything beyond a year.';

/**
 * How many by a day, and when so many are done, from the days of the past.
 * @source ActionableAgile, Monte Carlo forecasts from daily throughput with zero days
 */
export const deliveryForecast: ForecastDefinition = {
  id: 'delivery_forecast',
  title: 'Delivery forecast',
  definition,
  source: 'https://www.actionableagile.com/ (Monte Carlo simulation over daily throughput)',
  version,
  longestDays,
  forecast(input) {
    const history = historyOf(input);
    const reason = reasonAgainst(history);
    const { start, seed, runs = defaultRuns } = input;
    const draws = reason === null ? { counts: pastCounts(input), seed, runs } : null;
    const howMany = howManyOf(input, draws);
    const whenDone = whenDoneOf(input, draws);
    const { promisedNothing, ...backtest } = backtestForecast({
      ...input,
      horizonDays: backtestDays(input.untilDays, whenDone),
    });
    return {
      definitionVersion: version,
      definition,
      history,
      startDay: dayText(start),
      seed,
      runs,
      reason,
      howMany,
      whenDone,
      backtest,
      caveats:
        reason === null
          ? [
              ...smallSampleCaveat(history.items, 'finished item'),
              ...botCountCaveat(input.botItems, history.items),
              ...thinHistory(input, history),
              ...beyondCaveat(whenDone),
              ...backtestCaveats(backtest, promisedNothing),
            ]
          : [reason],
    };
  },
};

function pastCounts({ counts, historyDays }: ForecastInput): readonly number[] {
  return historyDays <= 0 ? [] : counts.slice(-historyDays);
}

function historyOf(input: ForecastInput): ForecastHistory {
  const past = pastCounts(input);
  const to = input.firstDayStart + input.counts.length * dayMs;
  return {
    window: { from: to - past.length * dayMs, to },
    days: past.length,
    zeroDays: past.filter((count) => count === 0).length,
    items: sumOf(past),
  };
}

function reasonAgainst({ days, items }: ForecastHistory): string | null {
  if (days < leastHistoryDays) {
    return `Insufficient history: ${counted(days, 'full day')} known, and a forecast needs ${leastHistoryDays}.`;
  }
  if (items > 0) return null;
  return `Insufficient history: nothing was finished in ${counted(days, 'day')}.`;
}

function howManyOf(
  { untilDays, start }: ForecastInput,
  draws: Resampling | null,
): Forecast['howMany'] {
  if (untilDays === null) return null;
  const totals = draws === null ? null : drawTotals(draws, untilDays);
  const answers = forecastProbabilities.map(
    (probability): ItemsForecast => ({
      probability,
      items: totals === null ? null : itemsReached(totals, probability),
    }),
  );
  return { days: untilDays, untilDay: dayText(start + (untilDays - 1) * dayMs), answers };
}

function whenDoneOf(
  { items, start }: ForecastInput,
  draws: Resampling | null,
): Forecast['whenDone'] {
  if (items === null) return null;
  const durations = draws === null ? null : drawDurations(draws, items, longestDays);
  const answers = forecastProbabilities.map((probability): DaysForecast => {
    const days = durations === null ? null : daysNeeded(durations, probability);
    return { probability, days, day: days === null ? null : dayText(start + (days - 1) * dayMs) };
  });
  return { items, answers };
}

/** As far ahead as was asked, or as the 85 % answer reaches. */
function backtestDays(untilDays: number | null, whenDone: Forecast['whenDone']): number {
  const reached = whenDone?.answers.find(({ probability }) => probability === 0.85)?.days ?? null;
  return Math.max(1, Math.min(longestBacktestDays, untilDays ?? reached ?? usualBacktestDays));
}

function thinHistory({ untilDays }: ForecastInput, { days }: ForecastHistory): string[] {
  if (untilDays === null || untilDays * periodsWanted <= days) return [];
  return [
    `${counted(untilDays, 'day')} ahead from ${days} days of history: fewer than ${periodsWanted} such periods lie behind it.`,
  ];
}

function beyondCaveat(whenDone: Forecast['whenDone']): string[] {
  const beyond = whenDone?.answers.filter(({ days }) => days === null) ?? [];
  if (beyond.length === 0) return [];
  const shares = beyond.map(({ probability }) => `${Math.round(probability * 100)} %`);
  return [`At ${shares.join(', ')} it takes more than ${longestDays} days, which is not forecast.`];
}

function backtestCaveats(
  { forecasts, held, horizonDays }: Forecast['backtest'],
  promisedNothing: number,
): string[] {
  if (forecasts === 0) {
    return ['No past Monday has enough history behind it to check such a forecast.'];
  }
  const caveats: string[] = [];
  if (forecasts < fewForecasts) {
    caveats.push(`Only ${counted(forecasts, 'past forecast')} could be checked.`);
  }
  if (held < forecasts * 0.85) {
    caveats.push(
      `The 85 % forecast of ${counted(horizonDays, 'day')} held on ${held} of ${counted(forecasts, 'past Monday')}: take it for less sure than it says.`,
    );
  }
  if (promisedNothing > 0) {
    caveats.push(
      `${promisedNothing} of ${counted(forecasts, 'checked forecast')} promised 0 items, which always holds.`,
    );
  }
  return caveats;
}

function dayText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
