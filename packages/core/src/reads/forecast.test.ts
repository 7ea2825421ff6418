import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import {
  type Forecast,
  type ForecastDefinition,
  type ForecastInput,
  type MetricSet,
  pullRequestFactsSchema,
} from '../domain.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildPullRequest } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { ForecastQuery } from '../workspace/handle.ts';

const dayMs = 86_400_000;
/** Noon of the day on which everything is asked. */
const now = Date.UTC(2026, 10, 21, 12);
const today = Date.UTC(2026, 10, 21);
const unknowns = Object.fromEntries(
  Object.keys(pullRequestFactsSchema.shape).map((name) => [name, null]),
);

/** Answers nothing, and keeps what it was given. */
function recordingForecast(given: ForecastInput[]): ForecastDefinition {
  return {
    id: 'recorded',
    title: 'Recorded',
    definition: 'What was given.',
    source: 'this test',
    version: 1,
    longestDays: 365,
    forecast(input): Forecast {
      given.push(input);
      return {
        definitionVersion: 1,
        definition: 'What was given.',
        history: { window: { from: 0, to: 1 }, days: 0, zeroDays: 0, items: 0 },
        startDay: '2026-11-22',
        seed: input.seed,
        runs: 0,
        reason: null,
        howMany: null,
        whenDone: null,
        backtest: { probability: 0.85, horizonDays: 1, forecasts: 0, held: 0, share: null },
        caveats: ['A caveat of the forecast.'],
      };
    },
  };
}

function metricsWith(forecast: ForecastDefinition | null): MetricSet {
  return {
    pullRequestFacts: {
      version: 1,
      compute: ({ pullRequest, authorIsBot }) =>
        pullRequestFactsSchema.parse({
          ...unknowns,
          source: pullRequest.source,
          pullRequestExternalId: pullRequest.externalId,
          repositoryExternalId: pullRequest.repositoryExternalId,
          factsVersion: 1,
          authorIsBot,
          openedAt: pullRequest.openedAt,
          mergedAt: pullRequest.mergedAt,
          isRevert: false,
          isHotfix: false,
        }),
    },
    metrics: [],
    ...(forecast === null ? {} : { forecast }),
  };
}

interface Shown {
  source?: string;
  /** Days before today on whose morning one was merged. */
  mergedDaysAgo: readonly number[];
  byBots?: number;
  gap?: string;
}

/** One repository of one source. */
function shows({ source = 'forge', mergedDaysAgo, byBots = 0, gap }: Shown): ConfiguredConnector {
  const repositoryExternalId = `${source}-1`;
  return createRowsConnector({
    id: source,
    showsReviews: true,
    scope: { externalId: repositoryExternalId, name: source, detail: {} },
    gaps:
      gap === undefined
        ? []
        : [{ code: gap, message: 'Something is missing.', affectedCount: null }],
    records: () => ({
      all: {
        accounts: [
          {
            source,
            externalId: 'bot',
            login: 'bot',
            name: 'bot',
            email: null,
            emailVerified: false,
            vendorId: null,
            kind: 'service_bot',
            isBot: true,
          },
        ],
        repositories: [
          {
            source,
            externalId: repositoryExternalId,
            name: source,
            fullName: null,
            url: null,
            defaultBranch: 'main',
            mergeStyle: null,
          },
        ],
        pullRequests: mergedDaysAgo.map((daysAgo, index) =>
          buildPullRequest({
            source,
            externalId: `${source}#${index}`,
            repositoryExternalId,
            number: index + 1,
            openedAt: today - (daysAgo + 1) * dayMs,
            mergedAt: today - daysAgo * dayMs + 9 * 3_600_000,
            authorAccountExternalId: index < byBots ? 'bot' : null,
          }),
        ),
      },
    }),
  });
}

async function asked(
  connectors: ConfiguredConnector[],
  query: ForecastQuery,
  { team = false, laterDays = 0 } = {},
) {
  const given: ForecastInput[] = [];
  const clock = createFakeClock(now - laterDays * dayMs);
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    connectors,
    metrics: metricsWith(recordingForecast(given)),
    teams: [{ key: 'api', name: 'API', repositories: ['api'] }],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  clock.advance(laterDays * dayMs);
  const handle = adjutant.workspace().as(await adjutant.owner());
  const teamId = (await handle.teams()).find(({ key }) => key === 'api')?.id ?? '';
  const answer = await (team ? handle.forTeam(teamId) : handle).forecast(query);
  const [input] = given;
  if (input === undefined) throw new Error('The forecast was not asked.');
  return { answer, input };
}

/** One merge a day, and none today. */
const daily = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index);

test('draws from the last 90 full days; today is neither history nor forecast', async () => {
  const mergedDaysAgo = [...daily(120, 40), 10, 10, 10, 1, 0];
  const { input } = await asked([shows({ mergedDaysAgo })], { items: 7 });
  const past = input.counts.slice(-input.historyDays);
  expect(input.historyDays).toBe(90);
  expect(input.firstDayStart + input.counts.length * dayMs).toBe(today);
  expect(input.start).toBe(today + dayMs);
  expect(past.slice(0, 51)).toEqual(Array.from({ length: 51 }, () => 1));
  expect([past.at(-1), past.at(-2), past.at(-10)]).toEqual([1, 0, 3]);
  expect(past.slice(51).filter((count) => count > 0)).toEqual([3, 1]);
  expect(input).toMatchObject({ items: 7, untilDays: null, seed: 1, botItems: 0 });
});

test('days before the first known merge are unknown, not without a merge', async () => {
  const { input, answer } = await asked([shows({ mergedDaysAgo: [30, 3] })], { items: 1 });
  expect(input.counts).toHaveLength(29);
  expect(input.historyDays).toBe(29);
  expect(answer.caveats).toEqual([
    'A caveat of the forecast.',
    'The first merge known here is of 2026-10-22: the history begins after it.',
  ]);
});

test('days after the last reading are unknown, not without a merge', async () => {
  const mergedDaysAgo = daily(150, 20);
  const { input, answer } = await asked(
    [shows({ mergedDaysAgo })],
    { items: 1 },
    { laterDays: 10 },
  );
  expect(input.firstDayStart + input.counts.length * dayMs).toBe(today - 10 * dayMs);
  expect(input.historyDays).toBe(80);
  expect(answer.caveats).toContain(
    'Last read on 2026-11-11: the days from then on are no history.',
  );
});

test('a year of days before the history serves the backtest', async () => {
  const { input } = await asked([shows({ mergedDaysAgo: [700, 5] })], { items: 1 });
  expect(input.counts).toHaveLength(364);
  expect(input.historyDays).toBe(90);
});

test('a history of its own counts its full days only', async () => {
  const history = { from: today - 60 * dayMs + 1, to: today - 20 * dayMs + 5 };
  const { input } = await asked([shows({ mergedDaysAgo: daily(150, 1) })], { items: 1, history });
  expect(input.historyDays).toBe(39);
  expect(input.firstDayStart + input.counts.length * dayMs).toBe(today - 20 * dayMs);
});

test('bots are counted, and told', async () => {
  const mergedDaysAgo = [...daily(120, 95), ...daily(89, 1)];
  const { input } = await asked([shows({ mergedDaysAgo, byBots: 30 })], { items: 1 });
  // Of thirty, the first twenty-six lie before the history.
  expect(input.botItems).toBe(4);
});

test('a repository and a team narrow what is counted', async () => {
  const both = [
    shows({ source: 'api', mergedDaysAgo: daily(120, 1) }),
    shows({ source: 'web', mergedDaysAgo: [...daily(120, 1), ...daily(120, 1)] }),
  ];
  const perDay = ({ input }: Awaited<ReturnType<typeof asked>>) => new Set(input.counts);
  expect(perDay(await asked(both, { items: 1 }))).toEqual(new Set([3]));
  expect(perDay(await asked(both, { items: 1, repository: 'web' }))).toEqual(new Set([2]));
  expect(perDay(await asked(both, { items: 1 }, { team: true }))).toEqual(new Set([1]));
  await expect(asked(both, { items: 1, repository: 'nope' })).rejects.toMatchObject({
    code: 'NotFound',
  });
});

test('what may not be read any longer is told beside the answer', async () => {
  const mergedDaysAgo = daily(120, 1);
  const { answer } = await asked([shows({ mergedDaysAgo, gap: 'not_permitted' })], { items: 1 });
  expect(answer.gaps).toEqual(['not_permitted']);
  expect(answer.caveats).toContainEqual(
    expect.stringContaining('1 of 1 repository was not read to the end'),
  );
  expect(answer.meta).toMatchObject({ asOf: now, syncedAt: now });
});

test('where nothing was ever merged, nothing is known of any day', async () => {
  const { input, answer } = await asked([shows({ mergedDaysAgo: [] })], { items: 1 });
  expect(input).toMatchObject({ counts: [], historyDays: 0, botItems: 0 });
  expect(answer.caveats).toContain('No merged pull request is known here.');
});

test('until counts the full days after today that end by then', async () => {
  const connectors = [shows({ mergedDaysAgo: daily(120, 1) })];
  const { input } = await asked(connectors, { until: today + 15 * dayMs + 1, seed: 9 });
  expect(input).toMatchObject({ untilDays: 14, items: null, seed: 9 });
});

test.each([
  [{}, 'needs items, until or both'],
  [{ items: 0 }, 'items'],
  [{ items: 2.5 }, 'items'],
  [{ items: 1_000_000 }, 'items'],
  [{ until: today + dayMs }, 'after today'],
  [{ until: today - 9 * dayMs }, 'after today'],
  [{ until: today + 368 * dayMs }, '365 days ahead at most'],
  [{ items: 1, seed: -1 }, 'seed'],
  [{ items: 1, history: { from: 5, to: 5 } }, 'end after it begins'],
] satisfies [ForecastQuery, string][])('refuses %j and says why', async (query, why) => {
  await expect(asked([], query)).rejects.toMatchObject({
    code: 'InvalidInput',
    message: expect.stringContaining(why),
  });
});

test('an instance that was given no forecast says so', async () => {
  const adjutant = await createAdjutant({ store: ':memory:', metrics: metricsWith(null) });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  await expect(handle.forecast({ items: 1 })).rejects.toMatchObject({ code: 'Configuration' });
});
