import { createAdjutant, silentLogger } from '@adjutant/core';
import { buildPullRequest, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callTool } from '../call-tool.ts';
import { callFake } from '../testing/call-fake.ts';
import { plainCall } from '../tool-call.ts';
import { forecastDelivery } from './forecast-delivery.ts';

describe('forecast_delivery', () => {
  it('answers both questions with all that is needed to judge them', async () => {
    const answer = await callFake('forecast_delivery', { items: 20, until: '2026-11-15' });
    expect(forecastDelivery.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      reason: -
      start_day: 2026-10-31
      how_many.until_day: 2026-11-15
      how_many.answers:
      probability	items
      0.5	18
      0.7	16
      0.85	13
      0.95	10
      when_done.items: 20
      when_done.answers:
      probability	days	day
      0.5	15	2026-11-14
      0.7	17	2026-11-16
      0.85	19	2026-11-18
      0.95	-	-
      history.from: 2026-08-01
      history.to: 2026-10-30
      history.days: 90
      history.zero_days: 31
      history.items: 118
      backtest.probability: 0.85
      backtest.horizon_days: 14
      backtest.forecasts: 23
      backtest.held: 20
      backtest.share: 0.87
      seed: 1
      runs: 20000
      caveats: 12 of 118 pull requests were opened by bots and counted here.
      gap_codes: squash_author_time"
    `);
  });

  it('answers only what was asked', async () => {
    const { structured } = await callFake('forecast_delivery', { items: 20 });
    expect(structured).toHaveProperty('when_done');
    expect(structured).not.toHaveProperty('how_many');
  });
});

const dayMs = 86_400_000;
const today = Date.UTC(2026, 10, 21);

/** The tool over a real store with 0, 2, 1, 3 merges a day, again and again, for so many days. */
async function askReal(days: number, input: object) {
  const golden = [0, 2, 1, 3];
  const at = Array.from({ length: days }, (_, day) => golden[day % 4] ?? 0).flatMap((count, day) =>
    Array.from({ length: count }, (_one, index) => today - (day + 1) * dayMs + index * 3_600_000),
  );
  const adjutant = await createAdjutant({
    store: ':memory:',
    metrics: allMetrics,
    clock: createFakeClock(today + 12 * 3_600_000),
    connectors: [
      createRowsConnector({
        id: 'example',
        records: () => ({
          all: {
            repositories: [
              {
                source: 'example',
                externalId: 'acme/widgets',
                name: 'widgets',
                fullName: 'acme/widgets',
                url: null,
                defaultBranch: 'main',
                mergeStyle: null,
              },
            ],
            pullRequests: at.map((mergedAt, index) =>
              buildPullRequest({
                externalId: `acme/widgets#${index}`,
                number: index + 1,
                openedAt: mergedAt - dayMs,
                mergedAt,
              }),
            ),
          },
        }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const workspace = adjutant.workspace().as(await adjutant.owner());
  const call = { workspace: async () => workspace, logger: silentLogger, call: plainCall() };
  return callTool(forecastDelivery, input, call);
}

describe('forecast_delivery over a real store', () => {
  it('G5: 5 items in 5 days and 10 items in 9 days, at 85 %', async () => {
    expect(await askReal(89, { items: 10, until: '2026-11-26' })).toMatchObject({
      structuredContent: {
        reason: null,
        start_day: '2026-11-22',
        how_many: {
          until_day: '2026-11-26',
          answers: expect.arrayContaining([{ probability: 0.85, items: 5 }]),
        },
        when_done: {
          items: 10,
          answers: expect.arrayContaining([{ probability: 0.85, days: 9, day: '2026-11-30' }]),
        },
        history: { from: '2026-08-25', to: '2026-11-21', days: 88, zero_days: 22, items: 132 },
        backtest: { forecasts: 8 },
      },
    });
  });

  it('says that it knows too little, and gives no figure', async () => {
    const answer = await askReal(20, { items: 10 });
    expect(answer).toMatchObject({
      structuredContent: {
        reason: expect.stringMatching(/^Insufficient history/),
        backtest: { forecasts: 0, share: null },
      },
    });
    const answers = [0.5, 0.7, 0.85, 0.95].map((probability) => ({
      probability,
      days: null,
      day: null,
    }));
    expect(answer).toMatchObject({ structuredContent: { when_done: { items: 10, answers } } });
  });

  it.each([
    [{}, 'items, until or both'],
    [{ until: '2026-11-21' }, 'after today'],
    [{ until: '2030-01-01' }, 'days ahead at most'],
    [{ items: 0 }, 'items'],
  ])('refuses %j', async (input, why) => {
    const answer = await askReal(40, input);
    expect(answer).toMatchObject({ isError: true });
    expect(answer.content[0].text).toContain(why);
  });
});
