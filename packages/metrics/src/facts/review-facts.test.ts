import { describe, expect, test } from 'vitest';
import { utc } from '../__fixtures__/compute.ts';
import { eventAt, factInput, workedExample } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { hourMs } from '../week-buckets.ts';
import type { TimelineEvent } from './pull-request-timeline.ts';

const openedAt = utc('2026-09-08 10:00');
const mergedAt = utc('2026-09-09 10:00');
const after = (hours: number) => openedAt + hours * hourMs;
const review = (hours: number, overrides: Partial<TimelineEvent> = {}) =>
  eventAt(after(hours), 'review', { state: 'approved', ...overrides });
const byBot = { actorAccountExternalId: 'robot', actorIsBot: true };
const byOther = { actorAccountExternalId: 'other' };
const byAuthor = { actorAccountExternalId: 'author' };
type Request = NonNullable<Parameters<typeof factInput>[0]>['pullRequest'];
const facts = (events: TimelineEvent[], pullRequest: Request = {}) =>
  pullRequestFacts.compute(
    factInput({ pullRequest: { openedAt, mergedAt, ...pullRequest }, events }),
  );

describe('reviews of a pull request', () => {
  test('of the worked example: one by a person, beside a bot that does not count', () => {
    expect(pullRequestFacts.compute(workedExample.draftWithReview)).toMatchObject({
      reviewCount: 1,
      reviewerCount: 1,
      commentCount: 0,
      mergedWithoutReview: false,
    });
    expect(pullRequestFacts.compute(workedExample.withoutReview)).toMatchObject({
      reviewCount: 0,
      reviewerCount: 0,
      commentCount: 0,
      mergedWithoutReview: true,
    });
  });

  test('count each review, each reviewer once, and comments apart', () => {
    const events = [
      review(1, { state: 'changes_requested' }),
      review(5),
      review(6, { ...byOther, state: 'commented' }),
      eventAt(after(7), 'comment'),
      eventAt(after(8), 'comment', { actorAccountExternalId: 'third' }),
    ];
    expect(facts(events)).toMatchObject({ reviewCount: 3, reviewerCount: 2, commentCount: 2 });
  });

  test.each([
    ['a review after the merge', [review(25)], { reviewCount: 0, mergedWithoutReview: true }],
    ["a bot's review alone", [review(2, byBot)], { reviewCount: 0, mergedWithoutReview: true }],
    [
      "the author's own review",
      [review(2, byAuthor)],
      { reviewCount: 0, mergedWithoutReview: true },
    ],
    [
      'a comment outside a review',
      [eventAt(after(2), 'comment')],
      { commentCount: 1, mergedWithoutReview: true },
    ],
    ['no event', [], { reviewCount: 0, commentCount: 0, mergedWithoutReview: true }],
  ])('%s is no review before the merge', (_, events, expected) => {
    expect(facts(events)).toMatchObject(expected);
  });

  test.each([
    ['at the instant of the merge', [review(24)]],
    ['that only comments', [review(2, { state: 'commented' })]],
    ['that was dismissed later', [review(2, { state: 'dismissed' })]],
  ])('a review %s is one', (_, events) => {
    expect(facts(events)).toMatchObject({ reviewCount: 1, mergedWithoutReview: false });
  });

  test('by somebody who is not known leave open whether it was reviewed', () => {
    expect(facts([review(2, { actorAccountExternalId: null })])).toMatchObject({
      reviewCount: 0,
      mergedWithoutReview: null,
    });
    expect(facts([review(2, { actorAccountExternalId: null }), review(3)])).toMatchObject({
      reviewCount: 1,
      mergedWithoutReview: false,
    });
  });

  test('are unknown, not none, where no opening is shown, as in a clone', () => {
    expect(facts([], { openedAt: null })).toMatchObject({
      reviewCount: null,
      reviewerCount: null,
      commentCount: null,
      reworkRounds: null,
      mergedWithoutReview: null,
    });
  });

  test('of an open or a closed one are counted, and it was not merged without any', () => {
    for (const end of [{ mergedAt: null }, { mergedAt: null, closedAt: after(10) }]) {
      expect(facts([review(2)], end)).toMatchObject({ reviewCount: 1, mergedWithoutReview: null });
    }
  });
});

test.each([
  [40, 2, 42],
  [0, 0, 0],
  [40, null, null],
  [null, 2, null],
])('%j lines added and %j removed are a size of %j', (additions, deletions, sizeLines) => {
  expect(facts([], { additions, deletions }).sizeLines).toBe(sizeLines);
});
