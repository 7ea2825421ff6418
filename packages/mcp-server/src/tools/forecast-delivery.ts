import { narrowToTeam } from '@adjutant/core/ports';
import { z } from 'zod';
import { rounded } from '../answer/figures.ts';
import { freshness, freshnessShape } from '../answer/freshness.ts';
import { instantText } from '../answer/instant-text.ts';
import { dayInput } from '../answer/window-input.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

const msPerDay = 86_400_000;

/** How many pull requests by a day, and by which day so many are merged. */
export const forecastDelivery = defineTool({
  name: 'forecast_delivery',
  scope: 'read',
  title: 'Forecast delivery',
  description:
    'How many pull requests will be merged until a day, or by which day so many items are, at 50, 70, 85 and 95 % probability, from daily throughput. The backtest says how often the 85 % forecast held. null means unknown.',
  inputSchema: z.strictObject({
    items: z.int().min(1).optional(),
    until: dayInput.optional().describe('Last day counted'),
    repository: z.string().max(400).optional(),
    team: z.string().max(100).optional().describe('Team key'),
  }),
  outputSchema: z.object({
    ...freshnessShape,
    reason: z.string().nullable(),
    start_day: z.string(),
    how_many: z
      .object({
        until_day: z.string(),
        answers: z.array(z.object({ probability: z.number(), items: z.number().nullable() })),
      })
      .optional(),
    when_done: z
      .object({
        items: z.number(),
        answers: z.array(
          z.object({
            probability: z.number(),
            days: z.number().nullable(),
            day: z.string().nullable(),
          }),
        ),
      })
      .optional(),
    history: z.object({
      from: z.string(),
      to: z.string(),
      days: z.number(),
      zero_days: z.number(),
      items: z.number(),
    }),
    backtest: z.object({
      probability: z.number(),
      horizon_days: z.number(),
      forecasts: z.number(),
      held: z.number(),
      share: z.number().nullable(),
    }),
    seed: z.number(),
    runs: z.number(),
    caveats: z.array(z.string()),
    gap_codes: z.array(z.string()),
  }),
  annotations: readsStoredRows,
  async handler({ items, until, repository, team }, workspace) {
    const narrowed = await narrowToTeam(workspace, team);
    const untilEnd = until === undefined ? undefined : Date.parse(until) + msPerDay;
    const told = await narrowed.forecast({ items, until: untilEnd, repository });
    const { howMany, whenDone, history, backtest } = told;
    return {
      ...freshness(told.meta, told.gaps),
      reason: told.reason,
      start_day: told.startDay,
      ...(howMany === null
        ? {}
        : { how_many: { until_day: howMany.untilDay, answers: howMany.answers } }),
      ...(whenDone === null ? {} : { when_done: whenDone }),
      history: {
        from: instantText(history.window.from),
        to: instantText(history.window.to),
        days: history.days,
        zero_days: history.zeroDays,
        items: history.items,
      },
      backtest: {
        probability: backtest.probability,
        horizon_days: backtest.horizonDays,
        forecasts: backtest.forecasts,
        held: backtest.held,
        share: rounded(backtest.share, 3),
      },
      seed: told.seed,
      runs: told.runs,
      caveats: told.caveats,
      gap_codes: told.gaps,
    };
  },
});
