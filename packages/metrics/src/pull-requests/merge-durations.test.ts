import { describe, expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { factInput, factsRow } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { hourMs } from '../week-buckets.ts';
import { firstCommitToMerge } from './first-commit-to-merge.ts';
import { mergeToRelease } from './merge-to-release.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-21') };
const mergedAt = utc('2026-09-09');
/** A merge of a bare clone. */
const merge = (externalId: string, commitHours: number | null, releaseHours: number | null) =>
  factsRow(
    pullRequestFacts.compute(
      factInput({
        pullRequest: { externalId, mergedAt },
        commitAuthoredAts: commitHours === null ? [] : [mergedAt - commitHours * hourMs],
        releasedAt: releaseHours === null ? null : mergedAt + releaseHours * hourMs,
      }),
    ),
  );

describe('first commit to merge', () => {
  test('is the median of merges whose commits are seen; squash merges stay out and are counted', () => {
    const rows = [merge('a', 10, null), merge('b', 0, null), merge('c', 30, null)];
    const outcome = computeOver(firstCommitToMerge, rows, window);
    expect(outcome).toMatchObject({ value: 20, sampleSize: 2 });
    expect([...outcome.evidence]).toEqual([0, 2]);
    expect(outcome.series?.map(({ value }) => value)).toEqual([20, null]);
    expect(outcome.caveats[0]).toMatch(/^1 of 3 merged pull requests has no known first commit/);
  });

  test('is unknown, not 0, where every merge is a squash', () => {
    const outcome = computeOver(firstCommitToMerge, [merge('b', 0, null)], window);
    expect(outcome).toMatchObject({ value: null, sampleSize: 0 });
    expect(outcome.caveats).toEqual([expect.stringContaining('squash merges')]);
  });
});

describe('merge to release', () => {
  test('belongs to the week of the release, not of the merge', () => {
    const rows = [merge('a', null, 24), merge('b', null, 7 * 24), merge('c', null, null)];
    const outcome = computeOver(mergeToRelease, rows, window);
    expect(outcome).toMatchObject({ value: 96, sampleSize: 2 });
    expect(outcome.series?.map(({ value }) => value)).toEqual([24, 168]);
  });

  test('leaves out a release dated before the merge, and says so', () => {
    const rows = [merge('a', null, 24), merge('b', null, -1)];
    const outcome = computeOver(mergeToRelease, rows, window);
    expect(outcome.sampleSize).toBe(1);
    expect(outcome.caveats[0]).toBe(
      '1 of 2 released pull requests is left out: the release is dated before the merge.',
    );
  });

  test('is unknown with a reason where nothing was released', () => {
    expect(computeOver(mergeToRelease, [merge('c', null, null)], window)).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('no source shows releases')],
    });
  });
});
