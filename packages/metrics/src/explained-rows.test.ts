import { createAdjutant, type ExplainedRow, type WorkspaceHandle } from '@adjutant/core';
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
      authorAccountExternalId: 'author',
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
    accounts: ['author', 'reviewer'].map((externalId) => ({
      source,
      externalId,
      login: externalId,
      name: null,
      email: null,
      emailVerified: false,
      vendorId: null,
      kind: 'human' as const,
      isBot: false,
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
        kind: 'story' as const,
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

let handle: WorkspaceHandle;
let close: () => Promise<void>;
beforeAll(async () => {
  const written = writtenRows();
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

test(`${samples} drawn figures are what the rows behind them say`, async () => {
  const different: unknown[] = [];
  let known = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const [metricId, recompute] = oneOf(Object.entries(again));
    const from = start + between(0, days - 20) * dayMs;
    const window = { from, to: Math.min(from + between(7, 60) * dayMs, clock.now()) };
    const repository = oneOf([null, 'acme/widgets-1', 'acme/widgets-2']) ?? undefined;
    const values: Values[] = [];
    let cursor: string | undefined;
    let value: number | null = null;
    do {
      const page = await handle.explainMetric({ metricId, window, repository, cursor, limit: 200 });
      values.push(...page.items.map((row) => row.values));
      value = page.value.value;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const found = recompute(values);
    if (value !== null) known += 1;
    const same = value === null ? found === null : Math.abs((found ?? Number.NaN) - value) < 1e-6;
    if (!same) different.push({ metricId, repository, window, value, found });
  }
  expect(different).toEqual([]);
  // Most of them must be figures, or nothing would be shown.
  expect(known).toBeGreaterThan(samples * 0.6);
});
