import type { Forecast, ForecastInput } from '@adjutant/core/domain';
import { forecastSchema } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { exactAtLeast } from '../__fixtures__/exact-forecast.ts';
import { seededRandom } from '../__fixtures__/seeded-random.ts';
import { dayMs } from '../week-buckets.ts';
import { deliveryForecast } from './delivery-forecast.ts';

/** A Monday. */
const start = Date.UTC(2026, 10, 23);
const golden = [0, 2, 1, 3];

function forecastOf(
  counts: readonly number[],
  asked: Partial<ForecastInput> = { untilDays: 5, items: 10 },
): Forecast {
  return deliveryForecast.forecast({
    counts,
    firstDayStart: start - counts.length * dayMs,
    historyDays: Math.min(90, counts.length),
    botItems: 0,
    start,
    untilDays: null,
    items: null,
    seed: 1,
    ...asked,
  });
}

const alike = (days: number, count: number): number[] => Array.from({ length: days }, () => count);
const repeated = (times: number): number[] => Array.from({ length: times }, () => golden).flat();
const at = <Answer extends { probability: number }>(
  answers: readonly Answer[] | undefined,
  probability: number,
) => answers?.find((answer) => answer.probability === probability);

describe('G5', () => {
  const forecast = forecastOf(repeated(21));

  test('says 5 items in 5 days at 85 %', () => {
    expect(forecast.howMany).toMatchObject({ days: 5, untilDay: '2026-11-27' });
    expect(at(forecast.howMany?.answers, 0.85)).toEqual({ probability: 0.85, items: 5 });
  });

  test('says 10 items by day 9 at 85 %', () => {
    expect(at(forecast.whenDone?.answers, 0.85)).toEqual({
      probability: 0.85,
      days: 9,
      day: '2026-12-01',
    });
  });

  test('says at every probability what enumeration says, within 0.01', () => {
    for (const { probability, items } of forecast.howMany?.answers ?? []) {
      expect(exactAtLeast(golden, 5, items ?? 0)).toBeGreaterThan(probability - 0.01);
      expect(exactAtLeast(golden, 5, (items ?? 0) + 1)).toBeLessThan(probability + 0.01);
    }
    for (const { probability, days } of forecast.whenDone?.answers ?? []) {
      expect(exactAtLeast(golden, days ?? 0, 10)).toBeGreaterThan(probability - 0.01);
      expect(exactAtLeast(golden, (days ?? 0) - 1, 10)).toBeLessThan(probability + 0.01);
    }
    expect(forecast.howMany?.answers).toHaveLength(4);
    expect(forecast.whenDone?.answers).toHaveLength(4);
  });

  test('tells what it drew from, and keeps its schema', () => {
    expect(forecast).toMatchObject({
      startDay: '2026-11-23',
      history: { days: 84, zeroDays: 21, items: 126 },
      seed: 1,
      runs: 20_000,
      reason: null,
    });
    expect(forecast.history.window).toEqual({ from: start - 84 * dayMs, to: start });
    expect(forecastSchema.parse(forecast)).toEqual(forecast);
  });
});

test('answers only what was asked', () => {
  expect(forecastOf(repeated(21), { items: 3 })).toMatchObject({ howMany: null });
  expect(forecastOf(repeated(21), { untilDays: 3 })).toMatchObject({ whenDone: null });
});

test('one question does not change the answer to the other', () => {
  const both = forecastOf(repeated(21));
  expect(forecastOf(repeated(21), { untilDays: 5 }).howMany).toEqual(both.howMany);
  expect(forecastOf(repeated(21), { items: 10 }).whenDone).toEqual(both.whenDone);
});

test('the less sure, the more items and the fewer days, in any history', () => {
  const random = seededRandom(3);
  for (let round = 0; round < 20; round += 1) {
    const counts = Array.from({ length: 60 }, () => Math.floor(random() ** 3 * 8));
    const asked = { untilDays: 1 + Math.floor(random() * 20), items: 1 + round, runs: 2_000 };
    const { howMany, whenDone } = forecastOf(counts, asked);
    const items = howMany?.answers.map((answer) => answer.items ?? Number.NaN) ?? [];
    const days = whenDone?.answers.map((answer) => answer.days ?? Number.NaN) ?? [];
    expect(items).toEqual(items.toSorted((left, right) => right - left));
    expect(days).toEqual(days.toSorted((left, right) => left - right));
    expect([...items, ...days].every(Number.isFinite)).toBe(true);
  }
});

test('a shift of everything in time shifts the days and nothing else', () => {
  const counts = repeated(21);
  const shifted = forecastOf(counts, {
    untilDays: 5,
    items: 10,
    start: start + 7 * dayMs,
    firstDayStart: start - (counts.length - 7) * dayMs,
  });
  const plain = forecastOf(counts);
  expect(shifted.howMany?.answers).toEqual(plain.howMany?.answers);
  expect(shifted.backtest).toEqual(plain.backtest);
  expect(at(shifted.whenDone?.answers, 0.85)?.day).toBe('2026-12-08');
});

describe('too little history', () => {
  test.each([
    ['no day', [], '0 full days'],
    ['one day', [4], '1 full day known'],
    ['a day short of four weeks', alike(27, 2), '27 full days'],
    ['nothing finished', alike(60, 0), 'nothing was finished in 60 days'],
  ])('%s: unknown with the reason', (_, counts, why) => {
    const forecast = forecastOf(counts);
    expect(forecast.reason).toMatch(/^Insufficient history: /);
    expect(forecast.reason).toContain(why);
    expect(forecast.caveats).toEqual([forecast.reason]);
    const { howMany, whenDone, backtest } = forecast;
    expect(howMany?.answers.map(({ items }) => items)).toEqual([null, null, null, null]);
    expect(whenDone?.answers.map(({ days }) => days)).toEqual([null, null, null, null]);
    expect(backtest).toMatchObject({ forecasts: 0, held: 0, share: null });
    expect(forecastSchema.parse(forecast)).toEqual(forecast);
  });

  test('four full weeks are enough, with the word that nothing was checked', () => {
    const forecast = forecastOf(repeated(7));
    expect(forecast.reason).toBeNull();
    expect(forecast.caveats).toContainEqual(expect.stringContaining('No past Monday'));
  });
});

describe('the backtest', () => {
  test('checks each past Monday that has four weeks before and the horizon after it', () => {
    // 84 days from a Monday on: Mondays at 28, 35, … 77; five days fit behind each of them.
    const { backtest } = forecastOf(repeated(21), { untilDays: 5 });
    expect(backtest).toMatchObject({ probability: 0.85, horizonDays: 5, forecasts: 8 });
    expect(forecastOf(repeated(21), { untilDays: 8 }).backtest.forecasts).toBe(7);
  });

  test('always holds where every day is the same', () => {
    const { backtest, caveats } = forecastOf(alike(140, 3), { untilDays: 7 });
    expect(backtest).toMatchObject({ forecasts: 16, held: 16, share: 1 });
    expect(caveats).toEqual([]);
  });

  test('counts what did not hold, and says so', () => {
    // Six a day until the last two weeks, in which nothing was finished.
    const counts = [...alike(70, 6), ...alike(14, 0)];
    const { backtest, caveats } = forecastOf(counts, { untilDays: 7 });
    expect(backtest).toMatchObject({ forecasts: 8, held: 6, share: 0.75 });
    expect(caveats).toContainEqual(expect.stringContaining('held on 6 of 8 past Mondays'));
  });

  test('uses nothing from after the Monday: later days change no earlier forecast', () => {
    const quiet = forecastOf([...alike(77, 2), ...alike(7, 2)], {
      untilDays: 7,
    });
    const busy = forecastOf([...alike(77, 2), ...alike(7, 90)], {
      untilDays: 7,
    });
    expect(busy.backtest).toEqual(quiet.backtest);
  });

  test('holds about as often as it says where the days really are alike', () => {
    const random = seededRandom(9);
    const counts = Array.from({ length: 5 * 364 }, () => Math.floor(random() * 5));
    let held = 0;
    for (let end = 364; end <= counts.length; end += 364) {
      const { backtest } = forecastOf(counts.slice(0, end), { untilDays: 7 });
      expect(backtest.forecasts).toBe(end === 364 ? 48 : 52);
      held += backtest.held;
    }
    expect(held / (48 + 4 * 52)).toBeGreaterThan(0.8);
    expect(held / (48 + 4 * 52)).toBeLessThan(0.95);
  });

  test('draws from as many days as the forecast does', () => {
    const counts = [...alike(84, 9), ...alike(84, 1)];
    const short = forecastOf(counts, { untilDays: 7, historyDays: 28 });
    const long = forecastOf(counts, { untilDays: 7, historyDays: 84 });
    expect(short.backtest.held).toBeGreaterThan(long.backtest.held);
  });

  test('says where a forecast promised nothing', () => {
    const counts = Array.from({ length: 112 }, (_, day) => (day % 28 === 0 ? 1 : 0));
    const { caveats } = forecastOf(counts, { untilDays: 2 });
    expect(caveats).toContainEqual(expect.stringContaining('promised 0 items'));
  });
});

describe('caveats', () => {
  test('bots that are counted are told', () => {
    const { caveats } = forecastOf(repeated(21), { untilDays: 5, botItems: 40 });
    expect(caveats).toContainEqual(expect.stringContaining('40 of 126 pull requests'));
  });

  test('fewer than three periods of the length asked for is thin', () => {
    const thin = forecastOf(repeated(15), { untilDays: 21 });
    expect(thin.caveats).toContainEqual(expect.stringContaining('fewer than 3 such periods'));
    const enough = forecastOf(repeated(15), { untilDays: 20 });
    expect(enough.caveats.join(' ')).not.toContain('such periods');
  });

  test('what takes more than a year is not forecast', () => {
    const forecast = forecastOf(repeated(21), { items: 5_000 });
    expect(at(forecast.whenDone?.answers, 0.5)).toEqual({
      probability: 0.5,
      days: null,
      day: null,
    });
    expect(forecast.caveats).toContainEqual(expect.stringContaining('more than 365 days'));
  });
});
