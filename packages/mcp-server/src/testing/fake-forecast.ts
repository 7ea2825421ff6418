import type { ForecastAnswer } from '@adjutant/core';
import { fakeNow } from './fake-rows.ts';

const msPerDay = 86_400_000;
const today = Math.floor(fakeNow / msPerDay) * msPerDay;

/** Returns a forecast that is the same every time, of whatever was asked. */
export function fakeForecast(
  { items, until }: { items?: number | undefined; until?: number | undefined },
  meta: ForecastAnswer['meta'],
): ForecastAnswer {
  return {
    definitionVersion: 1,
    definition: 'Drawn from the days of the past.',
    history: {
      window: { from: today - 90 * msPerDay, to: today },
      days: 90,
      zeroDays: 31,
      items: 118,
    },
    startDay: dayText(today + msPerDay),
    seed: 1,
    runs: 20_000,
    reason: null,
    howMany:
      until === undefined
        ? null
        : {
            days: Math.floor((until - today - msPerDay) / msPerDay),
            untilDay: dayText(until - msPerDay),
            answers: [
              { probability: 0.5, items: 18 },
              { probability: 0.7, items: 16 },
              { probability: 0.85, items: 13 },
              { probability: 0.95, items: 10 },
            ],
          },
    whenDone:
      items === undefined
        ? null
        : {
            items,
            answers: [0.5, 0.7, 0.85, 0.95].map((probability, index) => ({
              probability,
              days: index === 3 ? null : 15 + index * 2,
              day: index === 3 ? null : dayText(today + (15 + index * 2) * msPerDay),
            })),
          },
    backtest: { probability: 0.85, horizonDays: 14, forecasts: 23, held: 20, share: 20 / 23 },
    caveats: ['12 of 118 pull requests were opened by bots and counted here.'],
    gaps: ['squash_author_time'],
    meta,
  };
}

function dayText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
