import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { releaseFrequency } from './release-frequency.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-28') };
const release = (at: string, repositoryExternalId = 'repository') => ({
  id: at,
  repositoryExternalId,
  releasedAt: utc(at),
});
const rows = ['2026-09-08', '2026-09-09', '2026-09-22'].map((at) => release(at));

test('counts releases per full week, the empty one included', () => {
  const outcome = computeOver(releaseFrequency, rows, window);
  expect(outcome).toMatchObject({ value: 1, p50: 1, sampleSize: 3 });
  expect(outcome.series?.map(({ value }) => value)).toEqual([2, 0, 1]);
});

test('releases of several repositories are said to count together', () => {
  const outcome = computeOver(releaseFrequency, [...rows, release('2026-09-23', 'b')], window);
  expect(outcome.caveats[0]).toBe('Releases of 2 repositories count together.');
});

test('no release, or no full week, is unknown with a reason', () => {
  expect(computeOver(releaseFrequency, [], window).value).toBeNull();
  const short = { from: utc('2026-09-08'), to: utc('2026-09-12') };
  expect(computeOver(releaseFrequency, rows, short)).toMatchObject({
    value: null,
    caveats: [expect.stringContaining('2 releases')],
  });
});
