import { describe, expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { mergedRow } from '../__fixtures__/pull-requests.ts';
import { mergedWithoutReview } from './merged-without-review.ts';
import { reviewDepth } from './review-depth.ts';
import { reviewRounds } from './review-rounds.ts';
import { reviewersPerPullRequest } from './reviewers-per-pull-request.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-21') };
const merged = utc('2026-09-08 12:00');
const row = (fields: Parameters<typeof mergedRow>[1]) => mergedRow(merged, fields);
const cloned = row({});
const shares = (parts: readonly { id: string; value: number | null }[] = []) =>
  Object.fromEntries(parts.map(({ id, value }) => [id, value]));

describe('review_rounds', () => {
  const reviewed = (reworkRounds: number) => row({ reworkRounds, reviewCount: 1 });

  test('is the median over what was reviewed, with the share without rework', () => {
    const outcome = computeOver(reviewRounds, [0, 0, 1, 2, 4].map(reviewed), window);
    expect(outcome).toMatchObject({ value: 1, p75: 2, p90: 3.2, sampleSize: 5, caveats: [] });
    expect(shares(outcome.parts)).toEqual({ without_rework: 0.4 });
  });

  test('does not take what nobody reviewed for free of rework', () => {
    const rows = [row({ reworkRounds: 0, reviewCount: 0 }), reviewed(2), cloned];
    const outcome = computeOver(reviewRounds, rows, window);
    expect(outcome).toMatchObject({ value: 2, sampleSize: 1 });
    expect(shares(outcome.parts)).toEqual({ without_rework: 0 });
    expect([...outcome.evidence]).toEqual([1]);
    expect(outcome.caveats.slice(0, 2)).toEqual([
      '1 of 3 merged pull requests comes from a source that shows no reviews, as a clone, and no part in the figure.',
      '1 of 3 merged pull requests was merged without a review and left out.',
    ]);
  });

  test('is unknown where nothing was reviewed, and where no source shows reviews', () => {
    const unreviewed = row({ reworkRounds: 0, reviewCount: 0 });
    expect(computeOver(reviewRounds, [unreviewed], window)).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('none is known to have been reviewed')],
    });
    expect(computeOver(reviewRounds, [cloned], window)).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('no source shows their reviews')],
    });
  });

  test('leaves out what was sent back and shows no commits, and says so', () => {
    const workUnseen = row({ reworkRounds: null, reviewCount: 1 });
    expect(computeOver(reviewRounds, [workUnseen, reviewed(2)], window)).toMatchObject({
      value: 2,
      sampleSize: 1,
      caveats: [
        '1 of 2 merged pull requests has no known commit, so what followed a call for changes is unknown, and no part in the figure.',
        expect.stringContaining('it is no trend'),
      ],
    });
    expect(computeOver(reviewRounds, [workUnseen], window)).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('no source shows their commits')],
    });
  });
});

describe('review_depth', () => {
  test('is the median of reviews and comments together, and keeps a true 0', () => {
    const rows = [
      row({ reviewCount: 2, commentCount: 3 }),
      row({ reviewCount: 1, commentCount: 0 }),
      row({ reviewCount: 0, commentCount: 0 }),
      cloned,
    ];
    const outcome = computeOver(reviewDepth, rows, window);
    expect(outcome).toMatchObject({ value: 1, sampleSize: 3 });
    expect(shares(outcome.parts)).toEqual({ reviews: 1, comments: 0, neither: 1 / 3 });
    expect(outcome.caveats[0]).toMatch(/^1 of 4 merged pull requests comes from a source/);
  });

  test('of a clone is unknown, not 0', () => {
    expect(computeOver(reviewDepth, [cloned], window)).toMatchObject({ value: null, parts: [] });
  });
});

describe('reviewers_per_pull_request', () => {
  test('is the median of reviewers, with the shares by their number', () => {
    const rows = [0, 1, 1, 2, 5].map((reviewerCount) => row({ reviewerCount }));
    const outcome = computeOver(reviewersPerPullRequest, rows, window);
    expect(outcome).toMatchObject({ value: 1, p75: 2, sampleSize: 5 });
    expect(shares(outcome.parts)).toEqual({ nobody: 0.2, one: 0.4, two: 0.2, three_or_more: 0.2 });
  });

  test('of a clone is unknown, not 0', () => {
    expect(computeOver(reviewersPerPullRequest, [cloned], window).value).toBeNull();
  });
});

describe('merged_without_review', () => {
  const without = row({ mergedWithoutReview: true });
  const reviewed = row({ mergedWithoutReview: false });
  const byBot = row({ mergedWithoutReview: true, authorIsBot: true });

  test('is a share of those of which it is known; the unknown stand apart', () => {
    const outcome = computeOver(
      mergedWithoutReview,
      [reviewed, without, cloned, reviewed, byBot],
      window,
    );
    expect(outcome).toMatchObject({ value: 0.5, p50: null, sampleSize: 4 });
    expect(shares(outcome.parts)).toEqual({ of_people: 1 / 3, of_bots: 1 });
    expect([...outcome.evidence], 'those without a review first').toEqual([1, 4, 0, 3]);
    expect(outcome.caveats).toEqual([
      '1 of 5 merged pull requests is not known to have been reviewed or not, and no part in the figure.',
      '1 of 4 pull requests was opened by bots and counted here.',
      'Only 4 merged pull requests: this describes them, it is no trend.',
    ]);
  });

  test('has a share for each week, unknown in a week without one', () => {
    const later = mergedRow(utc('2026-09-16'), { mergedWithoutReview: null });
    const { series } = computeOver(mergedWithoutReview, [without, reviewed, later], window);
    expect(series?.map(({ value, sampleSize }) => [value, sampleSize])).toEqual([
      [0.5, 2],
      [null, 0],
    ]);
  });

  test('is a true 0 where all were reviewed, and has no share of bots without bots', () => {
    const outcome = computeOver(mergedWithoutReview, [reviewed, reviewed], window);
    expect(outcome.value).toBe(0);
    expect(shares(outcome.parts)).toEqual({ of_people: 0, of_bots: null });
  });

  test('of a clone is unknown: neither 0 nor 1', () => {
    expect(computeOver(mergedWithoutReview, [cloned], window)).toMatchObject({
      value: null,
      sampleSize: 0,
      caveats: [expect.stringContaining('of none is it known')],
    });
  });
});
