import { z } from 'zod';
import { windowSchema } from './metric-value.ts';
import { calendarDaySchema } from './primitives.ts';

/** The probabilities at which every forecast is told. */
export const forecastProbabilities = [0.5, 0.7, 0.85, 0.95] as const;

/** At least so many items, with at least this probability. */
export const itemsForecastSchema = z.object({
  probability: z.number(),
  /** The largest count that is reached with this probability; null where unknown. */
  items: z.number().int().nullable(),
});
export type ItemsForecast = z.infer<typeof itemsForecastSchema>;

/** Done by a day, with at least this probability. */
export const daysForecastSchema = z.object({
  probability: z.number(),
  /** Full days from the first forecast day on; null where unknown or beyond the farthest day. @unit days */
  days: z.number().int().nullable(),
  /** The UTC day that is the last of them. */
  day: calendarDaySchema.nullable(),
});
export type DaysForecast = z.infer<typeof daysForecastSchema>;

/** How forecasts made on past Mondays turned out. */
export const forecastBacktestSchema = z.object({
  /** The probability whose forecast was checked. */
  probability: z.number(),
  /** How many days each of them reached ahead. @unit days */
  horizonDays: z.number().int(),
  /** How many past Mondays could be checked. */
  forecasts: z.number().int(),
  /** In how many of them at least as many items were finished as was forecast. */
  held: z.number().int(),
  /** held ÷ forecasts; null where none could be checked. */
  share: z.number().nullable(),
});
export type ForecastBacktest = z.infer<typeof forecastBacktestSchema>;

/** The days a forecast draws from. */
export const forecastHistorySchema = z.object({
  window: windowSchema,
  /** Full UTC days, those without a finished item among them. @unit days */
  days: z.number().int(),
  zeroDays: z.number().int(),
  /** Finished items in these days. */
  items: z.number().int(),
});
export type ForecastHistory = z.infer<typeof forecastHistorySchema>;

/** A forecast with everything needed to judge and to repeat it. */
export const forecastSchema = z.object({
  definitionVersion: z.number().int(),
  /** What is counted, from where to where, in one paragraph. */
  definition: z.string(),
  history: forecastHistorySchema,
  /** The first UTC day that is forecast. */
  startDay: calendarDaySchema,
  /** What the draws began with: the same seed and history give the same answer. */
  seed: z.number().int(),
  runs: z.number().int(),
  /** Why nothing can be forecast; null where something can. */
  reason: z.string().nullable(),
  /** How many by a day; null where it was not asked. */
  howMany: z
    .object({
      days: z.number().int(),
      untilDay: calendarDaySchema,
      answers: z.array(itemsForecastSchema),
    })
    .nullable(),
  /** When so many are done; null where it was not asked. */
  whenDone: z.object({ items: z.number().int(), answers: z.array(daysForecastSchema) }).nullable(),
  backtest: forecastBacktestSchema,
  caveats: z.array(z.string()),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** Everything that a forecast is made from. */
export interface ForecastInput {
  /** Items finished on each known UTC day without a break, oldest first, days without one as 0. */
  counts: readonly number[];
  /** Midnight that the first of these days begins with. */
  firstDayStart: number;
  /** How many of the last days the forecast draws from; the ones before serve the backtest only. */
  historyDays: number;
  /** How many of the items in the history were made by bots. */
  botItems: number;
  /** Midnight that the first forecast day begins with. */
  start: number;
  /** How many full days to look ahead; null where that is not asked. @unit days */
  untilDays: number | null;
  /** How many items to finish; null where that is not asked. */
  items: number | null;
  seed: number;
  /** 20,000 unless told. */
  runs?: number;
}

/** A versioned, pure forecast from daily counts. It reads no clock, network or store. */
export interface ForecastDefinition {
  id: string;
  title: string;
  definition: string;
  /** The published practice it follows. */
  source: string;
  version: number;
  /** The farthest day that it speaks of. @unit days */
  longestDays: number;
  forecast(input: ForecastInput): Forecast;
}
