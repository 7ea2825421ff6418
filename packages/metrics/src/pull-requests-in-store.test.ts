import { createAdjutant } from '@adjutant/core';
import type { Account, PullRequest, PullRequestEvent } from '@adjutant/core/domain';
import {
  buildPullRequest,
  buildPullRequestEvent,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { allMetrics } from './index.ts';
import { dayMs, hourMs } from './week-buckets.ts';

const source = 'forge';
const repositoryExternalId = 'forge-1';
const openedAt = utc('2026-09-08 09:00');
const clock = createFakeClock(openedAt + 40 * dayMs);
const window = { from: utc('2026-09-07'), to: utc('2026-09-21') };

const account = (externalId: string, isBot = false): Account => ({
  source,
  externalId,
  login: externalId,
  name: null,
  email: null,
  emailVerified: false,
  vendorId: null,
  kind: isBot ? 'service_bot' : 'human',
  isBot,
});

const request = (number: number, fields: Partial<PullRequest>): PullRequest =>
  buildPullRequest({
    source,
    repositoryExternalId,
    externalId: `request-${number}`,
    number,
    authorAccountExternalId: 'author',
    openedAt,
    ...fields,
  });

const event = (
  number: number,
  afterHours: number,
  fields: Partial<PullRequestEvent>,
): PullRequestEvent =>
  buildPullRequestEvent({
    source,
    externalId: `event-${number}-${afterHours}`,
    pullRequestExternalId: `request-${number}`,
    actorAccountExternalId: 'reviewer',
    at: openedAt + afterHours * hourMs,
    ...fields,
  });

const rows = {
  accounts: [account('author'), account('reviewer'), account('robot', true)],
  repositories: [
    {
      source,
      externalId: repositoryExternalId,
      name: 'widgets',
      fullName: 'acme/widgets',
      url: 'https://forge.example/acme/widgets',
      defaultBranch: 'main',
      mergeStyle: null,
    },
  ],
  pullRequests: [
    // Answered after 2 h, sent back, pushed again, approved, idle for 40 h, merged after 50 h.
    request(1, { mergedAt: openedAt + 50 * hourMs, additions: 90, deletions: 10 }),
    // Only a bot looked at it; merged after 4 h.
    request(2, { mergedAt: openedAt + 4 * hourMs, additions: 4, deletions: 0 }),
    // From a time without openings, as a clone shows it.
    request(3, { openedAt: null, mergedAt: openedAt + 5 * hourMs }),
    // Open since, with a bot's reminder; and another that somebody looked at a day ago.
    request(4, { state: 'open', mergedAt: null }),
    request(5, { state: 'open', mergedAt: null }),
  ],
  pullRequestEvents: [
    event(1, 2, { state: 'changes_requested' }),
    event(1, 8, { kind: 'force_pushed', state: null, actorAccountExternalId: 'author' }),
    event(1, 10, { state: 'approved' }),
    event(2, 1, { state: 'approved', actorAccountExternalId: 'robot' }),
    event(4, 900, { kind: 'comment', state: null, actorAccountExternalId: 'robot' }),
    event(5, 936, { kind: 'comment', state: null }),
  ],
};

async function syncedHandle() {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [
      createRowsConnector({
        id: source,
        showsReviews: true,
        scope: { externalId: repositoryExternalId, name: 'acme/widgets', detail: {} },
        records: () => ({ all: rows }),
      }),
    ],
    metrics: allMetrics,
    clock,
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return adjutant.workspace().as(await adjutant.owner());
}

test('what is not known of a pull request is null among its facts, and no false', async () => {
  const handle = await syncedHandle();
  const { items } = await handle.listWork({ state: 'open' });
  const { facts } = await handle.getWork(items[0]?.id ?? '');
  expect(facts).toMatchObject({ mergedWithoutReview: null, mergedAt: null, authorIsBot: false });
});

test('figures of pull requests come out of what a source shows, through the store', async () => {
  const handle = await syncedHandle();
  const figures = await Promise.all(
    [
      'pull_request_size',
      'time_to_first_response',
      'review_rounds',
      'review_depth',
      'reviewers_per_pull_request',
      'merged_without_review',
      'pull_request_idle_time',
      'pull_request_cycle_time',
      'stale_pull_requests',
    ].map(async (metricId) => {
      const { value, sampleSize } = await handle.metric({ metricId, window });
      return [metricId, value, sampleSize];
    }),
  );
  expect(figures).toEqual([
    ['pull_request_size', 52, 2],
    ['time_to_first_response', 2, 1],
    ['review_rounds', 1, 1],
    ['review_depth', 1, 2],
    ['reviewers_per_pull_request', 0.5, 2],
    ['merged_without_review', 0.5, 2],
    ['pull_request_idle_time', 20, 2],
    ['pull_request_cycle_time', 27, 2],
    ['stale_pull_requests', 1, 2],
  ]);
  const explained = await handle.explainMetric({ metricId: 'merged_without_review', window });
  expect(explained.items.map(({ key }) => key)).toHaveLength(2);
  expect(explained.value.caveats[0]).toMatch(/^1 of 3 merged pull requests is not known/);
});
