import type { PullRequestFactInput, SubjectRows } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { computeOver, utc } from './__fixtures__/compute.ts';
import { factsRow, randomFactInput } from './__fixtures__/pull-requests.ts';
import { seededRandom, shuffled } from './__fixtures__/seeded-random.ts';
import { pullRequestFacts } from './pull-request-facts.ts';
import { mergedWithoutReview } from './pull-requests/merged-without-review.ts';
import { pullRequestCycleTime } from './pull-requests/pull-request-cycle-time.ts';
import { pullRequestIdleTime } from './pull-requests/pull-request-idle-time.ts';
import { pullRequestSize } from './pull-requests/pull-request-size.ts';
import { reviewDepth } from './pull-requests/review-depth.ts';
import { reviewRounds } from './pull-requests/review-rounds.ts';
import { reviewersPerPullRequest } from './pull-requests/reviewers-per-pull-request.ts';
import { stalePullRequests } from './pull-requests/stale-pull-requests.ts';
import { timeToFirstResponse } from './pull-requests/time-to-first-response.ts';
import { weekMs } from './week-buckets.ts';

type Row = SubjectRows['pull_request'];

const random = seededRandom(41);
const inputs = Array.from({ length: 1_500 }, (_, index) => randomFactInput(index, random));
const toRow = (input: PullRequestFactInput): Row => factsRow(pullRequestFacts.compute(input));
const rows = inputs.map(toRow);
const window = { from: utc('2026-01-12'), to: utc('2026-06-15') };
const now = window.to;
const metrics = [
  pullRequestSize,
  timeToFirstResponse,
  reviewRounds,
  reviewDepth,
  reviewersPerPullRequest,
  mergedWithoutReview,
  pullRequestIdleTime,
  pullRequestCycleTime,
  stalePullRequests,
].map((metric) => [metric.id, metric] as const);

/** Everything of a pull request, so much later. */
function shifted({ pullRequest, ...input }: PullRequestFactInput, by: number) {
  const later = (at: number | null): number | null => (at === null ? null : at + by);
  return {
    ...input,
    pullRequest: {
      ...pullRequest,
      openedAt: later(pullRequest.openedAt),
      readyAt: later(pullRequest.readyAt),
      mergedAt: later(pullRequest.mergedAt),
      closedAt: later(pullRequest.closedAt),
      firstCommitAt: later(pullRequest.firstCommitAt),
    },
    commitAuthoredAts: input.commitAuthoredAts.map(later),
    events: input.events.map((event) => ({ ...event, at: event.at + by })),
    deployment:
      input.deployment === null
        ? null
        : { ...input.deployment, finishedAt: input.deployment.finishedAt + by },
    releasedAt: later(input.releasedAt),
  };
}

describe.each(metrics)('%s', (_, metric) => {
  const outcome = computeOver(metric, rows, window, now);

  test('has something to say of the random rows', () => {
    expect(outcome.sampleSize).toBeGreaterThan(50);
    expect(outcome.value).not.toBeNull();
  });

  test('is the same with everything weeks later, the window too', () => {
    const by = 3 * weekMs;
    const later = computeOver(
      metric,
      inputs.map((input) => toRow(shifted(input, by))),
      { from: window.from + by, to: window.to + by },
      now + by,
    );
    const unshifted = later.series?.map((point) => ({
      ...point,
      start: point.start - by,
      end: point.end - by,
    }));
    expect({ ...later, ...(unshifted === undefined ? {} : { series: unshifted }) }).toEqual(
      outcome,
    );
  });

  test('is the same of facts whose events came in another order or twice', () => {
    const again = inputs.map((input) =>
      toRow({ ...input, events: shuffled([...input.events, ...input.events], random) }),
    );
    expect(computeOver(metric, again, window, now)).toEqual(outcome);
  });

  test('adds up to the number of rows when a window is split', () => {
    if (metric.windowColumn === null) return;
    const middle = utc('2026-03-16');
    const parts = [
      { from: window.from, to: middle },
      { from: middle, to: window.to },
    ].map((part) => computeOver(metric, rows, part, now).sampleSize);
    expect((parts[0] ?? 0) + (parts[1] ?? 0)).toBe(outcome.sampleSize);
  });

  test('holds shares between 0 and 1, and no number that is none', () => {
    const figures = [outcome, ...(outcome.parts ?? []), ...(outcome.series ?? [])];
    for (const { value } of figures) expect(value === null || Number.isFinite(value)).toBe(true);
    const shares = (outcome.parts ?? []).filter(({ unit }) => unit === 'share');
    for (const { value } of shares) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  test("an unread pull request, as a clone's, changes what is said and not the figure", () => {
    const [first] = rows;
    if (first === undefined) throw new Error('There are rows.');
    const unknown = Object.fromEntries(Object.keys(first).map((key) => [key, null]));
    const cloned = { ...first, ...unknown, id: 'clone', mergedAt: utc('2026-03-18') } as Row;
    const other = computeOver(metric, [...rows, cloned], window, now);
    expect({ ...other, caveats: [] }).toEqual({ ...outcome, caveats: [] });
    expect(other.caveats).not.toEqual(outcome.caveats);
  });
});

test('times that take twice as long are twice as long', () => {
  const hours = [timeToFirstResponse, pullRequestIdleTime];
  const doubled = rows.map((row) => ({
    ...row,
    pickupMs: row.pickupMs === null ? null : 2 * row.pickupMs,
    idleMs: row.idleMs === null ? null : 2 * row.idleMs,
  }));
  for (const metric of hours) {
    const { value, p75, p90 } = computeOver(metric, rows, window, now);
    const slower = computeOver(metric, doubled, window, now);
    expect(slower.value).toBeCloseTo(2 * (value ?? Number.NaN), 8);
    expect(slower.p75).toBeCloseTo(2 * (p75 ?? Number.NaN), 8);
    expect(slower.p90).toBeCloseTo(2 * (p90 ?? Number.NaN), 8);
  }
});

test("a bot's answers change no figure of facts but who is not known", () => {
  const noisy = inputs.map((input) => ({
    ...input,
    events: [
      ...input.events,
      ...input.events
        .filter(({ kind }) => kind === 'review' || kind === 'comment')
        .map((event) => ({
          ...event,
          externalId: `bot-${event.externalId}`,
          actorAccountExternalId: 'robot',
          actorIsBot: true,
          state: 'changes_requested',
          at: event.at + 1,
        })),
    ],
  }));
  expect(noisy.map(toRow)).toEqual(rows);
});
