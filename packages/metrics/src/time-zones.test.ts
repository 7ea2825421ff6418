import { type AdjutantOptions, createAdjutant } from '@adjutant/core';
import { buildPullRequest, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { allMetrics } from './index.ts';
import { hourMs } from './week-buckets.ts';

const window = { from: utc('2026-10-11'), to: utc('2026-11-10') };
// Sunday evening in Berlin before the clocks go back, and Monday's first minutes a week later.
const merges = ['2026-10-18 21:30', '2026-10-18 22:30', '2026-10-25 22:59', '2026-10-25 23:01'];

async function handleIn(options: Pick<AdjutantOptions, 'timeZone'> = {}) {
  const pullRequests = merges.map((text, number) =>
    buildPullRequest({
      source: 'forge',
      externalId: `request-${number}`,
      number,
      openedAt: utc(text) - hourMs,
      mergedAt: utc(text),
      state: 'merged',
    }),
  );
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createRowsConnector({ id: 'forge', records: () => ({ all: { pullRequests } }) })],
    metrics: allMetrics,
    clock: createFakeClock(window.to),
    ...options,
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return adjutant.workspace().as(await adjutant.owner());
}

const counts = (series: readonly { value: number | null }[]) => series.map(({ value }) => value);

test('weeks begin on Monday of the zone asked for, whatever the clocks do', async () => {
  const handle = await handleIn();
  const query = { metricId: 'throughput', window };
  const berlin = await handle.metric({ ...query, timeZone: 'Europe/Berlin' });
  expect(berlin.timeZone).toBe('Europe/Berlin');
  expect(counts(berlin.series)).toEqual([1, 2, 1, 0]);
  const lengths = berlin.series.map(({ start, end }) => (end - start) / hourMs);
  expect(lengths).toEqual([168, 169, 168, 168]);
  const inUtc = await handle.metric(query);
  expect(inUtc.timeZone).toBe('UTC');
  expect(counts(inUtc.series)).toEqual([2, 2, 0, 0]);
});

test("a question that names no zone is asked in the workspace's", async () => {
  const handle = await handleIn({ timeZone: 'Europe/Berlin' });
  const { metrics } = await handle.overview({ window });
  expect(new Set(metrics.map(({ timeZone }) => timeZone))).toEqual(new Set(['Europe/Berlin']));
  const throughput = metrics.find(({ metricId }) => metricId === 'throughput');
  expect(counts(throughput?.series ?? [])).toEqual([1, 2, 1, 0]);
  const other = await handle.overview({ window, timeZone: 'UTC' });
  expect(other.metrics[0]?.timeZone).toBe('UTC');
});

test('a zone that is none is refused, in a question and at the start', async () => {
  const handle = await handleIn();
  const query = { metricId: 'throughput', window, timeZone: 'Mars/Olympus' };
  await expect(handle.metric(query)).rejects.toMatchObject({ code: 'InvalidInput' });
  await expect(handleIn({ timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
    code: 'InvalidInput',
  });
});
