import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { mergedRow } from '../__fixtures__/pull-requests.ts';
import { pullRequestSize } from './pull-request-size.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-21') };
const merged = utc('2026-09-08 12:00');
const ofLines = (sizeLines: number | null, fields = {}) =>
  mergedRow(merged, { sizeLines, ...fields });

test('is the median of the lines, with percentiles and bands that add up to all', () => {
  const rows = [10, 20, 30, 100].map((lines) => ofLines(lines));
  const outcome = computeOver(pullRequestSize, rows, window);
  // 25 is half way between 20 and 30; 47.5 and 79 lie between the two closest ranks.
  expect(outcome).toMatchObject({ value: 25, p50: 25, p75: 47.5, sampleSize: 4 });
  expect(outcome.p90).toBeCloseTo(79, 10);
  expect(outcome.parts?.map(({ id, value, sampleSize }) => [id, value, sampleSize])).toEqual([
    ['up_to_10', 0.25, 4],
    ['from_11_to_100', 0.75, 4],
    ['from_101_to_400', 0, 4],
    ['from_401_to_1000', 0, 4],
    ['over_1000', 0, 4],
  ]);
  expect(outcome.series).toMatchObject([
    { start: utc('2026-09-07'), value: 25, sampleSize: 4 },
    { start: utc('2026-09-14'), value: null, sampleSize: 0 },
  ]);
});

test('puts the limit of a band into the band that it ends', () => {
  const rows = [0, 10, 11, 100, 101, 400, 401, 1_000, 1_001, 9_999].map((lines) => ofLines(lines));
  const { parts } = computeOver(pullRequestSize, rows, window);
  expect(parts?.map(({ value }) => value)).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
});

test('leaves out what has no known size, and says so', () => {
  const rows = [ofLines(8), ofLines(null), ofLines(12)];
  const outcome = computeOver(pullRequestSize, rows, window);
  expect(outcome).toMatchObject({ value: 10, sampleSize: 2 });
  expect([...outcome.evidence]).toEqual([0, 2]);
  expect(outcome.caveats).toEqual([
    '1 of 3 merged pull requests has no known size, as in a clone, and no part in the figure.',
    'Only 2 merged pull requests: this describes them, it is no trend.',
  ]);
});

test('of a clone is unknown with a reason, not 0', () => {
  const outcome = computeOver(pullRequestSize, [ofLines(null)], window);
  expect(outcome).toMatchObject({ value: null, p90: null, sampleSize: 0 });
  expect(outcome.caveats[0]).toContain('no source shows how many lines');
});

test('tells bots apart, with the median without them', () => {
  const rows = [5, 40, 50, 60, 70].map((lines, index) =>
    ofLines(lines, { authorIsBot: index === 0 }),
  );
  expect(computeOver(pullRequestSize, rows, window).caveats).toEqual([
    '1 of 5 pull requests was opened by bots and counted here; without them the median is 55 lines.',
  ]);
});
