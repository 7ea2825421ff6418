import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { factInput, factsRow } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { revertShare } from './revert-share.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-21') };
const merged = (title: string, at = '2026-09-08') =>
  factsRow(pullRequestFacts.compute(factInput({ pullRequest: { title, mergedAt: utc(at) } })));
const rows = [merged('Add a'), merged('Revert "Add a"'), merged('Add b'), merged('Add c')];

test('is reverts over merges, named a proxy, with the reverts first in evidence', () => {
  const outcome = computeOver(revertShare, rows, window);
  expect(outcome).toMatchObject({ value: 0.25, sampleSize: 4 });
  expect([...outcome.evidence]).toEqual([1, 0, 2, 3]);
  expect(outcome.caveats[0]).toMatch(/proxy/);
});

test('a week without merges is unknown, a week without reverts is a true 0', () => {
  const three = { from: utc('2026-09-07'), to: utc('2026-09-28') };
  const outcome = computeOver(revertShare, [...rows, merged('Add d', '2026-09-22')], three);
  expect(outcome.series?.map(({ value }) => value)).toEqual([0.25, null, 0]);
});

test('nothing merged is unknown, not 0', () => {
  expect(computeOver(revertShare, [], window).value).toBeNull();
});
