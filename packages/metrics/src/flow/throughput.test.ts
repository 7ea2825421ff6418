import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { factInput, factsRow } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { throughput } from './throughput.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-28') };
const merged = (at: string, authorIsBot = false) =>
  factsRow(
    pullRequestFacts.compute(
      factInput({ authorIsBot, pullRequest: { externalId: at, mergedAt: utc(at) } }),
    ),
  );
const rows = [
  merged('2026-09-07 00:00'),
  merged('2026-09-13 23:59'),
  merged('2026-09-21 00:00', true),
  merged('2026-09-27 23:59'),
];

test('counts merges per week exactly, the empty week included', () => {
  const outcome = computeOver(throughput, rows, window);
  expect(outcome.series?.map(({ value }) => value)).toEqual([2, 0, 2]);
  expect(outcome).toMatchObject({ p50: 2, sampleSize: 4 });
  expect(outcome.value).toBeCloseTo(4 / 3, 10);
});

test('says how many were opened by bots', () => {
  expect(computeOver(throughput, rows, window).caveats).toEqual([
    '1 of 4 pull requests was opened by bots and counted here.',
  ]);
});

test('merges in weeks that the window cuts stay out of value and evidence', () => {
  const cut = { from: utc('2026-09-08'), to: utc('2026-09-28') };
  const outcome = computeOver(throughput, rows, cut);
  expect(outcome).toMatchObject({ value: 1, sampleSize: 2 });
  expect([...outcome.evidence]).toEqual([1, 2]);
  expect(outcome.caveats[0]).toBe('1 merge lies in weeks that the window cuts and is not counted.');
});

test('the week that is still running does not count as a full one', () => {
  const outcome = computeOver(throughput, rows, window, utc('2026-09-23'));
  expect(outcome.series?.map(({ value }) => value)).toEqual([2, 0]);
});

test('no merge, or no full week, is unknown with a reason', () => {
  expect(computeOver(throughput, [], window)).toMatchObject({ value: null, sampleSize: 0 });
  const short = { from: utc('2026-09-07'), to: utc('2026-09-10') };
  expect(computeOver(throughput, rows, short)).toMatchObject({
    value: null,
    caveats: ['The window holds no full week that has passed; 1 pull request merged in it.'],
  });
});
