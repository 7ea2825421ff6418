import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { defineMetric, type MetricDefinition } from '../domain.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildRelease } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const dayMs = 86_400_000;
const from = Date.UTC(2026, 8, 7);
const before = { from, to: from + 28 * dayMs };
const after = { from: before.to, to: before.to + 28 * dayMs };

const perWeek: MetricDefinition = defineMetric({
  id: 'releases_per_week',
  title: 'Releases per week',
  unit: 'per_week',
  definition: 'Releases of the window, for a week of it.',
  source: 'For this test.',
  version: 1,
  subject: 'release',
  columns: ['releasedAt'],
  windowColumn: 'releasedAt',
  better: 'neutral',
  compute: ({ columns, window }) => ({
    value: (columns.length * 7 * dayMs) / (window.to - window.from),
    sampleSize: columns.length,
    p50: null,
    p75: null,
    p90: null,
    caveats: [],
    evidence: Array.from({ length: columns.length }, (_, row) => row),
  }),
});

/** A handle on a store whose releases came at these numbers a day. */
async function openWith(perDay: (day: number) => number, days = 56) {
  const releases = Array.from({ length: days }, (_, day) =>
    Array.from({ length: perDay(day) }, (__, position) =>
      buildRelease({
        externalId: `${day}-${position}`,
        releasedAt: from + day * dayMs + position * 60_000,
      }),
    ),
  ).flat();
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createRowsConnector({ id: 'example', records: () => ({ all: { releases } }) })],
    metrics: {
      pullRequestFacts: {
        version: 1,
        compute: () => {
          throw new Error('This source shows no pull request.');
        },
      },
      metrics: [perWeek],
    },
    clock: createFakeClock(after.to),
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return adjutant.workspace().as(await adjutant.owner());
}

const metricId = 'releases_per_week';

test('a doubled count rose, by an interval around the difference', async () => {
  const handle = await openWith((day) => (day < 28 ? 1 + (day % 3) : 3 + (day % 3)));
  const { difference, interval, change } = await handle.compareMetric({ metricId, before, after });
  expect(change).toBe('rose');
  expect(interval?.low).toBeGreaterThan(0);
  expect(interval?.low).toBeLessThan(difference ?? 0);
  expect(interval?.high).toBeGreaterThan(difference ?? 0);
});

test('a halved count fell', async () => {
  const handle = await openWith((day) => (day < 28 ? 3 + (day % 3) : 1 + (day % 3)));
  expect(await handle.compareMetric({ metricId, before, after })).toMatchObject({ change: 'fell' });
});

test('the same habit shows no detectable change', async () => {
  const handle = await openWith((day) => 1 + (day % 3));
  expect(await handle.compareMetric({ metricId, before, after })).toMatchObject({
    change: 'no_detectable_change',
  });
});

test('a window of a week cannot tell, and says what would be needed', async () => {
  const handle = await openWith((day) => 1 + (day % 3));
  const week = { from: after.from, to: after.from + 7 * dayMs };
  const { interval, change, caveats } = await handle.compareMetric({
    metricId,
    before,
    after: week,
  });
  expect([interval, change]).toEqual([null, 'unknown']);
  expect(caveats.join(' ')).toContain('at least 14 days and 10 rows');
});

test('without the interval nothing is said of chance', async () => {
  const handle = await openWith((day) => 1 + (day % 3));
  const compared = await handle.compareMetric({ metricId, before, after, withInterval: false });
  expect(compared).toMatchObject({ interval: null, change: 'unknown', caveats: [] });
});
