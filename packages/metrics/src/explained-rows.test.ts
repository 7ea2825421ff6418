import { createAdjutant, type ExplainedRow, type WorkspaceHandle } from '@adjutant/core';
import type { MetricFilter } from '@adjutant/core/domain';
import {
  buildDeployment,
  buildPullRequest,
  buildPullRequestEvent,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { seededRandom } from './__fixtures__/seeded-random.ts';
import { allMetrics } from './index.ts';
import { dayMs, hourMs } from './week-buckets.ts';

// A figure is what its rows say: 200 drawn figures, each computed again from what `explain` returned, by
// the few lines below, which know nothing of how the metrics do it.
const samples = 200;
const source = 'forge';
const start = utc('2026-06-01');
const days = 120;
const clock = createFakeClock(start + days * dayMs);
const random = seededRandom(20_417);
const between = (low: number, high: number): number => low + Math.floor(random() * (high - low));
const oneOf = <Item>(items: readonly Item[]): Item => {
  const item = items[between(0, items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
};

type Values = ExplainedRow['values'];
type Recompute = (rows: readonly Values[]) => number | null;

const numbers = (rows: readonly Values[], of: (row: Values) => unknown): number[] =>
  rows.map(of).filter((value): value is number => typeof value === 'number');
const span =
  (from: string, to: string, unit = hourMs) =>
  (row: Values) => {
    const [begin, end] = [row[from], row[to]];
    return typeof begin === 'number' && typeof end === 'number' && end >= begin
      ? (end - begin) / unit
      : null;
  };
const column =
  (name: string, unit = 1) =>
  (row: Values) => {
    const value = row[name];
    return typeof value === 'number' ? value / unit : null;
  };
const median =
  (of: (row: Values) => unknown): Recompute =>
  (rows) => {
    const sorted = numbers(rows, of).toSorted((a, b) => a - b);
    const middle = sorted.length / 2;
    if (sorted.length === 0) return null;
    return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  };
const share =
  (of: (row: Values) => boolean): Recompute =>
  (rows) =>
    rows.length === 0 ? null : rows.filter(of).length / rows.length;

const again: Readonly<Record<string, Recompute>> = {
  lead_time_for_changes: median(column('totalMs', hourMs)),
  pull_request_stages: median(span('openedAt', 'mergedAt')),
  pull_request_cycle_time: median(span('openedAt', 'mergedAt')),
  time_to_first_response: median(column('pickupMs', hourMs)),
  pull_request_idle_time: median(column('idleMs', hourMs)),
  pull_request_size: median(column('sizeLines')),
  merged_without_review: share((row) => row['mergedWithoutReview'] === true),
  revert_share: share((row) => row['isRevert'] === true),
  change_fail_rate: share((row) => Number(row['incidentCount']) > 0),
  failed_deployment_recovery_time: median(span('finishedAt', 'restoredAt')),
  time_to_restore: median(span('createdAt', 'resolvedAt')),
  time_to_acknowledge: median(span('createdAt', 'acknowledgedAt')),
  pipeline_failure_share: share((row) => row['result'] === 'failure'),
  build_success_rate: share((row) => row['result'] === 'success'),
  build_duration: median(span('startedAt', 'finishedAt')),
  cycle_time: median(span('startedAt', 'doneAt')),
};

const repositories = ['forge-1', 'forge-2'].map((externalId, position) => ({
  source,
  externalId,
  name: `widgets-${position + 1}`,
  fullName: `acme/widgets-${position + 1}`,
  url: null,
  defaultBranch: 'main',
  mergeStyle: null,
}));
/** Seven people, whose labels are enough people's, and two that are none. */
const authors = [
  ...Array.from({ length: 7 }, (_, position) => ({
    externalId: `author-${position + 1}`,
    kind: 'human' as const,
  })),
  { externalId: 'agent', kind: 'coding_agent' as const },
  { externalId: 'robot', kind: 'service_bot' as const },
];
const instant = (): number => start + between(0, days * 24 * 60) * 60_000;

function writtenRows() {
  const pullRequests = Array.from({ length: 400 }, (_, position) => {
    const openedAt = instant();
    const isMerged = random() < 0.9;
    return buildPullRequest({
      source,
      repositoryExternalId: oneOf(repositories).externalId,
      externalId: `request-${position}`,
      number: position + 1,
      title: random() < 0.1 ? `Revert "Add part ${position}"` : `Add part ${position}`,
      state: isMerged ? 'merged' : 'open',
      openedAt,
      mergedAt: isMerged ? openedAt + between(1, 200) * hourMs : null,
      mergeSha: `sha-${position}`,
      authorAccountExternalId: oneOf(authors).externalId,
      labels: ['bug', 'feature'].filter(() => random() < 0.5),
      additions: random() < 0.8 ? between(0, 900) : null,
      deletions: between(0, 90),
    });
  });
  const deployments = Array.from({ length: 200 }, (_, position) =>
    buildDeployment({
      source,
      repositoryExternalId: oneOf(repositories).externalId,
      externalId: `deployment-${position}`,
      serviceKey: oneOf(['shop', 'search']),
      environment: random() < 0.9 ? 'production' : 'staging',
      result: random() < 0.85 ? 'success' : 'failure',
      finishedAt: instant(),
    }),
  );
  return {
    repositories,
    pullRequests,
    deployments,
    accounts: [...authors, { externalId: 'reviewer', kind: 'human' as const }].map(
      ({ externalId, kind }) => ({
        source,
        externalId,
        login: externalId,
        name: null,
        email: null,
        emailVerified: false,
        vendorId: null,
        kind,
        isBot: kind !== 'human',
      }),
    ),
    pullRequestWorkItems: pullRequests.slice(0, 300).map(({ externalId }) => ({
      source,
      pullRequestExternalId: externalId,
      workItemSource: source,
      workItemExternalId: `item-${between(0, 150)}`,
      method: 'branch',
    })),
    pullRequestEvents: pullRequests.slice(0, 250).map(({ externalId, openedAt }) =>
      buildPullRequestEvent({
        source,
        externalId: `review-${externalId}`,
        pullRequestExternalId: externalId,
        actorAccountExternalId: 'reviewer',
        at: (openedAt ?? 0) + between(0, 90) * hourMs,
      }),
    ),
    deploymentChanges: pullRequests.slice(0, 300).map(({ repositoryExternalId, mergeSha }) => ({
      source,
      repositoryExternalId,
      sha: mergeSha ?? '',
      deploymentExternalId: oneOf(deployments).externalId,
      method: 'exact_sha' as const,
    })),
    ...troubles(),
  };
}

function troubles() {
  return {
    incidents: Array.from({ length: 60 }, (_, position) => {
      const createdAt = instant();
      return {
        source,
        externalId: `incident-${position}`,
        title: `Trouble ${position}`,
        serviceKey: oneOf(['shop', 'search', null]),
        severity: null,
        isExternal: random() < 0.1,
        createdAt,
        acknowledgedAt: random() < 0.7 ? createdAt + between(1, 50) * 60_000 : null,
        resolvedAt: random() < 0.8 ? createdAt + between(1, 30) * hourMs : null,
        url: null,
        assigneeAccountExternalIds: null,
      };
    }),
    pipelineRuns: Array.from({ length: 300 }, (_, position) => {
      const startedAt = instant();
      return {
        source,
        externalId: `run-${position}`,
        repositoryExternalId: oneOf(repositories).externalId,
        name: oneOf(['build', 'test']),
        result: oneOf(['success', 'success', 'failure', 'cancelled'] as const),
        originalResult: null,
        sha: `sha-${position}`,
        branch: null,
        queuedAt: startedAt - between(0, 300) * 1_000,
        startedAt,
        finishedAt: startedAt + between(1, 3_000) * 1_000,
      };
    }),
    workItems: Array.from({ length: 150 }, (_, position) => {
      const startedAt = instant();
      const isDone = random() < 0.8;
      return {
        source,
        externalId: `item-${position}`,
        key: `WID-${position}`,
        title: `Item ${position}`,
        kind: oneOf(['story', 'bug', 'task'] as const),
        originalType: null,
        statusCategory: isDone ? ('done' as const) : ('in_progress' as const),
        originalStatus: null,
        points: null,
        parentExternalId: null,
        assigneeAccountExternalId: null,
        sprintExternalId: null,
        createdAt: startedAt - dayMs,
        startedAt,
        doneAt: isDone ? startedAt + between(1, 400) * hourMs : null,
        dueDay: null,
      };
    }),
  };
}

const written = writtenRows();
let handle: WorkspaceHandle;
let close: () => Promise<void>;
beforeAll(async () => {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [
      createRowsConnector({
        id: source,
        claimsCommits: true,
        showsReviews: true,
        scope: { externalId: 'forge-1', name: 'widgets-1', detail: {} },
        records: () => ({ all: written }),
      }),
    ],
    metrics: allMetrics,
    clock,
  });
  close = () => adjutant.close();
  const { streams } = await adjutant.sync();
  if (streams.some(({ error }) => error !== null))
    throw new Error('The rows could not be written.');
  handle = adjutant.workspace().as(await adjutant.owner());
});
afterAll(() => close());

const ofPullRequests = new Set([
  'lead_time_for_changes',
  'pull_request_stages',
  'pull_request_cycle_time',
  'time_to_first_response',
  'pull_request_idle_time',
  'pull_request_size',
  'merged_without_review',
  'revert_share',
]);

/** One of the filters that the rows of a metric have, or none. */
/** Not narrowed by labels: they tell what reviewers did. */
const onReviewers = new Set(
  allMetrics.metrics
    .filter(({ columns }) =>
      columns.some((name) => /^(?:review|reviewer|comment)Count$/.test(name)),
    )
    .map(({ id }) => id),
);

function drawnFilter(metricId: string): MetricFilter {
  const byService: MetricFilter[] = [{}, { service: 'shop' }, { service: 'search' }];
  if (metricId === 'cycle_time') {
    return oneOf<MetricFilter>([{}, { workTypes: ['bug'] }, { workTypes: ['story', 'task'] }]);
  }
  if (!ofPullRequests.has(metricId)) return oneOf(byService);
  return oneOf<MetricFilter>([
    {},
    { service: 'shop', authors: ['people'] },
    { workTypes: ['bug', 'revert'] },
    { workTypes: ['story'], authors: ['people', 'coding_agents'] },
    { authors: ['service_bots'] },
    { labels: ['bug'] },
    { labels: ['feature'], authors: ['people'] },
  ]);
}

test(`${samples} drawn figures of metric, filter and window are what the rows behind them say`, async () => {
  const different: unknown[] = [];
  const known = { plain: 0, filtered: 0 };
  for (let sample = 0; sample < samples; sample += 1) {
    const [metricId, recompute] = oneOf(Object.entries(again));
    const from = start + between(0, days - 20) * dayMs;
    const window = { from, to: Math.min(from + between(7, 60) * dayMs, clock.now()) };
    const filter = drawnFilter(metricId);
    if (filter.labels !== undefined && onReviewers.has(metricId)) continue;
    const isWhole = filter.labels !== undefined;
    const repository = isWhole
      ? undefined
      : (oneOf([null, 'acme/widgets-1', 'acme/widgets-2']) ?? undefined);
    const question = { metricId, window, repository, filter };
    const values: Values[] = [];
    let cursor: string | undefined;
    let value: number | null = null;
    do {
      const page = await handle.explainMetric({ ...question, cursor, limit: 200 });
      values.push(...page.items.map((row) => row.values));
      value = page.value.value;
      expect(page.value.filter).toEqual(filter);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const found = recompute(values);
    if (value !== null) known[Object.keys(filter).length === 0 ? 'plain' : 'filtered'] += 1;
    const same = value === null ? found === null : Math.abs((found ?? Number.NaN) - value) < 1e-6;
    if (!same) different.push({ ...question, value, found });
  }
  expect(different).toEqual([]);
  // Most of them must be figures, or nothing would be shown.
  expect(known.plain + known.filtered).toBeGreaterThan(samples * 0.6);
  expect(known.filtered).toBeGreaterThan(samples * 0.3);
});

// What the filters let through is told here by the rows as they were written.
test('a filter leaves the rows that it names, and says how many it left out', async () => {
  const rows = written.pullRequests.filter(({ mergedAt }) => mergedAt !== null);
  const kindOf = new Map<string, string>(authors.map(({ externalId, kind }) => [externalId, kind]));
  const isOf = (kind: string) => (row: (typeof rows)[number]) =>
    kindOf.get(row.authorAccountExternalId ?? '') === kind;
  const window = { from: start, to: start + 400 * dayMs };
  const ask = (filter: MetricFilter) =>
    handle.explainMetric({ metricId: 'pull_request_cycle_time', window, filter });
  const people = await ask({ authors: ['people'] });
  expect(people.value.sampleSize).toBe(rows.filter(isOf('human')).length);
  const agents = rows.filter(isOf('coding_agent')).length;
  const bots = rows.filter(isOf('service_bot')).length;
  expect(people.excluded).toEqual([
    { reason: 'written_by_coding_agents', count: agents },
    { reason: 'written_by_service_bots', count: bots },
  ]);
  expect((await ask({ authors: ['coding_agents'] })).value.sampleSize).toBe(agents);
  const bugs = new Set(
    written.workItems.filter(({ kind }) => kind === 'bug').map(({ externalId }) => externalId),
  );
  const ofBugs = new Set(
    written.pullRequestWorkItems
      .filter(({ workItemExternalId }) => bugs.has(workItemExternalId))
      .map(({ pullRequestExternalId }) => pullRequestExternalId),
  );
  const typed = await ask({ workTypes: ['bug'] });
  const count = rows.filter(({ externalId }) => ofBugs.has(externalId)).length;
  expect(typed.value.sampleSize).toBe(count);
  expect(typed.excluded).toEqual([{ reason: 'other_work_type', count: rows.length - count }]);
  const runs = written.deployments.filter(({ environment }) => environment === 'production');
  const ofShop = await handle.explainMetric({
    metricId: 'pipeline_failure_share',
    window,
    filter: { service: 'Shop' },
  });
  const shop = runs.filter(({ serviceKey }) => serviceKey === 'shop');
  expect(ofShop.value).toMatchObject({ sampleSize: shop.length, filter: { service: 'shop' } });
  const others = written.deployments.filter(({ serviceKey }) => serviceKey !== 'shop').length;
  expect(ofShop.excluded[0]).toEqual({ reason: 'other_service', count: others });
});
