import { createAdjutant } from '@adjutant/core';
import { defineMetric, type KnownRows, type PullRequest } from '@adjutant/core/domain';
import { buildPullRequest, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { allMetrics } from './index.ts';
import { noPercentiles } from './percentile.ts';
import { dayMs } from './week-buckets.ts';

const now = utc('2026-09-20 12:00');
const openedAt = utc('2026-09-08 09:00');
let known: KnownRows | null = null;

/** Tells what it is given: the engine decides what of the rows is read. */
const openRows = defineMetric({
  id: 'open_rows',
  title: 'Open rows',
  unit: 'count',
  definition: 'The rows that a figure of what is open is given.',
  source: 'A test.',
  version: 1,
  subject: 'pull_request',
  columns: ['openedAt', 'mergedAt', 'closedAt'],
  windowColumn: null,
  openBetween: { from: 'openedAt', until: ['mergedAt', 'closedAt'] },
  better: 'neutral',
  compute(input) {
    ({ known } = input);
    const { length } = input.columns;
    return {
      value: length,
      ...noPercentiles,
      sampleSize: length,
      caveats: [],
      evidence: Array.from({ length }, (_, row) => row),
    };
  },
});

const request = (title: string, repository: string, fields: Partial<PullRequest>): PullRequest =>
  buildPullRequest({
    source: 'forge',
    repositoryExternalId: repository,
    externalId: title,
    title,
    mergedAt: null,
    openedAt,
    ...fields,
  });

const pullRequests = [
  request('open', 'web', {}),
  request('open elsewhere', 'api', {}),
  request('merged', 'web', { mergedAt: now - dayMs, closedAt: now - dayMs }),
  request('merged this very moment', 'web', { mergedAt: now }),
  request('merged later', 'web', { mergedAt: now + 1, closedAt: now + 1 }),
  request('closed', 'web', { closedAt: now - dayMs }),
  request('closed later', 'api', { closedAt: now + dayMs }),
  request('closed once, and merged later', 'web', { closedAt: now - dayMs, mergedAt: now + 1 }),
  request('merged, without an opening', 'web', { openedAt: null, mergedAt: now - dayMs }),
  request('open, without an opening', 'api', { openedAt: null }),
];

const repositories = ['web', 'api'].map((externalId) => ({
  source: 'forge',
  externalId,
  name: externalId,
  fullName: `acme/${externalId}`,
  url: `https://forge.example/acme/${externalId}`,
  defaultBranch: 'main',
  mergeStyle: null,
}));

test('a figure of what is open is given what has not ended, and told how much there is', async () => {
  const adjutant = await createAdjutant({
    store: ':memory:',
    metrics: { ...allMetrics, metrics: [openRows] },
    connectors: [
      createRowsConnector({
        id: 'forge',
        scope: { externalId: 'forge-1', name: 'acme', detail: {} },
        records: () => ({ all: { repositories, pullRequests } }),
      }),
    ],
    clock: createFakeClock(now),
    teams: [{ key: 'server', name: 'Server', repositories: ['api'] }],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const titlesOf = async (of: typeof handle, repository?: string): Promise<string[]> => {
    const { items } = await of.explainMetric({ metricId: openRows.id, repository });
    return items.map(({ title }) => title).toSorted();
  };

  expect(await titlesOf(handle)).toEqual([
    'closed later',
    'closed once, and merged later',
    'merged later',
    'open',
    'open elsewhere',
    'open, without an opening',
  ]);
  expect(known).toEqual({ rows: 10, withoutStart: 2 });
  expect(await titlesOf(handle, 'api')).toEqual([
    'closed later',
    'open elsewhere',
    'open, without an opening',
  ]);
  expect(known).toEqual({ rows: 3, withoutStart: 1 });
  const explained = await handle.explainMetric({ metricId: openRows.id });
  expect(explained.excluded, 'what had ended is left out, and counted').toContainEqual({
    reason: 'not_in_figure',
    count: 4,
  });
});
