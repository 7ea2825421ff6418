import type { PullRequestFactInput } from '@adjutant/core/domain';
import { pullRequestFactsSchema } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import {
  eventAt,
  factInput,
  randomFactInput,
  workedExample,
} from './__fixtures__/pull-requests.ts';
import { seededRandom, shuffled } from './__fixtures__/seeded-random.ts';
import { pullRequestFacts } from './pull-request-facts.ts';
import { hourMs } from './week-buckets.ts';

const compute = (input: PullRequestFactInput) => pullRequestFacts.compute(input);
const opened = utc('2026-09-08 10:00');
const merged = opened + 10 * hourMs;

describe('the worked example', () => {
  test('a draft is coded until it is ready, and a bot picks nothing up', () => {
    expect(compute(workedExample.draftWithReview)).toMatchObject({
      codingMs: 24 * hourMs,
      pickupMs: 2 * hourMs,
      reviewMs: 6 * hourMs,
      mergeWaitMs: 6 * hourMs,
      deployMs: 19 * hourMs,
      totalMs: 51 * hourMs,
      unattributedMs: 0,
    });
  });

  test('without a review pickup and review are unknown, and their time is not attributed', () => {
    expect(compute(workedExample.withoutReview)).toMatchObject({
      codingMs: hourMs / 2,
      pickupMs: null,
      reviewMs: null,
      mergeWaitMs: null,
      deployMs: (10 / 3) * hourMs,
      totalMs: 4 * hourMs,
      unattributedMs: hourMs / 6,
    });
  });

  test('a commit authored after the opening hides the first one; the total starts at the opening', () => {
    expect(compute(workedExample.amendedCommit)).toMatchObject({
      firstCommitAt: null,
      codingMs: null,
      firstCommitToMergeMs: null,
      deployMs: 24 * hourMs,
      totalMs: 50 * hourMs,
      unattributedMs: 26 * hourMs,
    });
  });
});

describe('pickup', () => {
  const base = { openedAt: opened, mergedAt: merged };
  const at = (hours: number) => opened + hours * hourMs;

  test('starts at the last ready-for-review before the first human answer', () => {
    const ready = [1, 3, 6].map((hours) => eventAt(at(hours), 'ready_for_review'));
    const facts = compute(
      factInput({ pullRequest: base, events: [...ready, eventAt(at(5), 'comment')] }),
    );
    expect(facts.pickupMs).toBe(2 * hourMs);
  });

  test('starts at the ready instant of the pull request where its events do not show one', () => {
    const facts = compute(
      factInput({ pullRequest: { ...base, readyAt: at(4) }, events: [eventAt(at(5), 'review')] }),
    );
    expect(facts.pickupMs).toBe(hourMs);
  });

  test('starts at the opening where somebody answered the draft before it was ready', () => {
    const facts = compute(
      factInput({
        pullRequest: base,
        events: [eventAt(at(2), 'comment'), eventAt(at(5), 'ready_for_review')],
      }),
    );
    expect(facts).toMatchObject({ pickupMs: 2 * hourMs, reviewMs: 8 * hourMs });
  });

  test.each([
    ['the author', { actorAccountExternalId: 'author' }],
    ['a bot', { actorIsBot: true }],
    ['an unknown account', { actorAccountExternalId: null }],
  ])('is not ended by %s', (_, overrides) => {
    const facts = compute(
      factInput({ pullRequest: base, events: [eventAt(at(2), 'review', overrides)] }),
    );
    expect(facts).toMatchObject({ pickupMs: null, reviewMs: null });
  });

  test('is unknown where the first human answer came after the merge', () => {
    const facts = compute(
      factInput({ pullRequest: base, events: [eventAt(at(11), 'review', { state: 'approved' })] }),
    );
    expect(facts).toMatchObject({ pickupMs: null, reviewMs: null, mergeWaitMs: null });
  });

  test('is 0 where the answer came at the instant of the opening: a known 0 stays one', () => {
    const facts = compute(factInput({ pullRequest: base, events: [eventAt(opened, 'review')] }));
    expect(facts.pickupMs).toBe(0);
  });
});

test('merge wait runs from the last approval, not the first', () => {
  const approvals = [2, 7].map((hours) =>
    eventAt(opened + hours * hourMs, 'review', { state: 'APPROVED' }),
  );
  const facts = compute(
    factInput({ pullRequest: { openedAt: opened, mergedAt: merged }, events: approvals }),
  );
  expect(facts).toMatchObject({ reviewMs: 8 * hourMs, mergeWaitMs: 3 * hourMs });
});

test('coding of an open draft that nobody answered has not ended', () => {
  const pullRequest = { state: 'open' as const, openedAt: opened, isDraft: true };
  const commitAuthoredAts = [opened - hourMs];
  expect(compute(factInput({ pullRequest, commitAuthoredAts })).codingMs).toBeNull();
  const ready = { ...pullRequest, isDraft: false };
  expect(compute(factInput({ pullRequest: ready, commitAuthoredAts })).codingMs).toBe(hourMs);
});

describe('a bare clone', () => {
  test('shows first commit to merge and merge to release, and no stage before the merge', () => {
    const facts = compute(
      factInput({
        pullRequest: { mergedAt: merged },
        commitAuthoredAts: [merged - 30 * hourMs, merged - 2 * hourMs],
        releasedAt: merged + 5 * hourMs,
      }),
    );
    expect(facts).toMatchObject({
      codingMs: null,
      pickupMs: null,
      reviewMs: null,
      deployMs: null,
      totalMs: null,
      unattributedMs: null,
      firstCommitToMergeMs: 30 * hourMs,
      releaseWaitMs: 5 * hourMs,
    });
  });

  test('shows no first commit where a squash merge is its own: unknown, not 0', () => {
    const facts = compute(factInput({ pullRequest: { mergedAt: merged, firstCommitAt: merged } }));
    expect(facts).toMatchObject({ firstCommitAt: null, firstCommitToMergeMs: null });
  });
});

describe('time that runs backwards is unknown, never negative', () => {
  test('a deployment before the merge gives no deploy time and no total', () => {
    const facts = compute(
      factInput({
        pullRequest: { openedAt: opened, mergedAt: merged },
        deployment: { finishedAt: merged - hourMs, method: 'time' },
      }),
    );
    expect(facts).toMatchObject({ deployMs: null, totalMs: null, deployedAt: merged - hourMs });
  });

  test('a release before the merge gives no release wait', () => {
    const facts = compute(
      factInput({ pullRequest: { mergedAt: merged }, releasedAt: merged - hourMs }),
    );
    expect(facts.releaseWaitMs).toBeNull();
  });

  test('a first commit after the merge, by a wrong clock, is not known', () => {
    const facts = compute(
      factInput({ pullRequest: { mergedAt: merged }, commitAuthoredAts: [merged + hourMs] }),
    );
    expect(facts).toMatchObject({ firstCommitAt: null, firstCommitToMergeMs: null });
  });
});

test.each([
  ['Revert "Add a thing"', true],
  ['revert: add a thing', true],
  ['revert(api): add a thing', true],
  ['Revert "Revert "Add a thing""', false],
  ['Reverting is documented', false],
  ['Add a revert button', false],
  ['', false],
])('title %j is a revert: %s', (title, isRevert) => {
  expect(compute(factInput({ pullRequest: { title } })).isRevert).toBe(isRevert);
});

describe('over 10,000 random pull requests', () => {
  const random = seededRandom(7);
  const inputs = Array.from({ length: 10_000 }, (_, index) => randomFactInput(index, random));

  test('stages and unattributed time sum to the total wherever it is known', () => {
    let known = 0;
    for (const facts of inputs.map(compute)) {
      const stages = [facts.codingMs, facts.pickupMs, facts.reviewMs, facts.deployMs];
      const sum = stages.reduce<number>((total, stage) => total + (stage ?? 0), 0);
      expect(facts.unattributedMs === null).toBe(facts.totalMs === null);
      if (facts.totalMs === null) continue;
      known += 1;
      expect(sum + (facts.unattributedMs ?? 0)).toBe(facts.totalMs);
    }
    // The invariant must have been put to the test, not passed by for want of totals.
    expect(known).toBeGreaterThan(2_000);
  });

  test('every row keeps the schema: nothing negative, nothing missing', () => {
    const broken = inputs.filter(
      (input) => !pullRequestFactsSchema.safeParse(compute(input)).success,
    );
    expect(broken).toEqual([]);
  });

  test('merge wait is never longer than the review that it ends', () => {
    const approved = inputs.map(compute).filter(({ mergeWaitMs }) => mergeWaitMs !== null);
    expect(approved.length).toBeGreaterThan(200);
    for (const { mergeWaitMs, reviewMs } of approved) {
      expect(mergeWaitMs).toBeLessThanOrEqual(reviewMs ?? -1);
    }
  });

  test('the order of commits and events changes nothing', () => {
    for (const input of inputs) {
      const reordered = {
        ...input,
        commitAuthoredAts: shuffled(input.commitAuthoredAts, random),
        events: shuffled(input.events, random),
      };
      expect(compute(reordered)).toEqual(compute(input));
    }
  });

  test('an event delivered twice changes nothing', () => {
    for (const input of inputs) {
      const doubled = { ...input, events: [...input.events, ...input.events] };
      expect(compute(doubled)).toEqual(compute(input));
    }
  });
});
