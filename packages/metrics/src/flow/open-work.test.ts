import type { SubjectRows } from '@adjutant/core/domain';
import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { factInput, factsRow } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { openWork } from './open-work.ts';

const now = utc('2026-09-10 12:00');
const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const base = factsRow(pullRequestFacts.compute(factInput()));
const row = (overrides: Partial<SubjectRows['pull_request']>) => ({ ...base, ...overrides });
const openFor = (hours: number) => row({ openedAt: now - hours * 3_600_000 });

test('counts what is open now, also what was opened long before the window', () => {
  const rows = [
    openFor(10),
    row({ openedAt: utc('2026-09-08'), mergedAt: utc('2026-09-09') }),
    openFor(2_000),
    row({ openedAt: utc('2026-09-08'), closedAt: utc('2026-09-09') }),
    openFor(20),
  ];
  const outcome = computeOver(openWork, rows, window, now);
  expect(outcome).toMatchObject({ value: 3, sampleSize: 3, p50: null });
  expect(outcome.parts).toEqual([
    expect.objectContaining({ id: 'age', unit: 'hours', p50: 20, p75: 1_010, sampleSize: 3 }),
  ]);
  expect([...outcome.evidence], 'oldest first, of those that are read').toEqual([1, 2, 0]);
});

test('is as of the instant asked for: what was merged or opened later is not yet', () => {
  const rows = [
    row({ openedAt: utc('2026-09-08'), mergedAt: utc('2026-09-11') }),
    row({ openedAt: utc('2026-09-12') }),
  ];
  const outcome = computeOver(openWork, rows, window, now);
  expect([...outcome.evidence]).toEqual([0]);
});

test('a clone shows merged pull requests only: open ones are unknown, not 0', () => {
  const rows = [row({ mergedAt: utc('2026-09-08') }), row({ mergedAt: utc('2026-09-09') })];
  expect(computeOver(openWork, rows, window, now)).toMatchObject({
    value: null,
    caveats: [
      'The sources show pull requests only once they are merged, so open ones are unknown.',
    ],
  });
});

test('nothing known is unknown, not 0', () => {
  expect(computeOver(openWork, [], window, now).value).toBeNull();
});

test('a source that shows openings, with none open, is a true 0', () => {
  const rows = [row({ openedAt: utc('2026-09-07'), mergedAt: utc('2026-09-08') })];
  const outcome = computeOver(openWork, rows, window, now);
  expect(outcome).toMatchObject({ value: 0, sampleSize: 0, caveats: [] });
  expect(outcome.parts?.[0]).toMatchObject({ id: 'age', value: null });
});

test('a clone beside another source is said to hide its open ones', () => {
  const outcome = computeOver(openWork, [openFor(1), row({ mergedAt: now - 1 })], window, now);
  expect(outcome.value).toBe(1);
  expect(outcome.caveats).toEqual([
    '1 of 2 pull requests comes from a source without openings; open ones of its repositories are not seen.',
  ]);
});

test('an open one without a known opening counts, and has no age', () => {
  const outcome = computeOver(openWork, [openFor(5), row({})], window, now);
  expect(outcome.value).toBe(2);
  expect(outcome.parts?.[0]).toMatchObject({ value: 5, sampleSize: 1 });
});
