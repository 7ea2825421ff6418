import type { SubjectRows } from '@adjutant/core/domain';
import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { spansOf, unchangedSpan } from '../__fixtures__/work-items.ts';
import { flowEfficiency } from './flow-efficiency.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-28') };
const dayMs = 86_400_000;
type Span = SubjectRows['status_span'];
const compute = (rows: readonly Span[], activeStatuses: readonly string[] | null = ['Doing']) =>
  computeOver(flowEfficiency, rows, window, window.to, undefined, null, {
    activeStatuses,
    timeZone: 'UTC',
  });

/** An item finished on the 22nd: so many days of work, then waiting in review. */
function spent(activeDays: number, totalDays: number): Span[] {
  const doneAt = utc('2026-09-22');
  const startedAt = doneAt - totalDays * dayMs;
  const at = (instant: number) => new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
  return spansOf([
    ['Backlog', '2026-08-01'],
    ['Doing', at(startedAt)],
    ...(activeDays === totalDays ? [] : [['Review', at(startedAt + activeDays * dayMs)] as const]),
    ['Done', at(doneAt)],
  ]);
}
const ofG7 = [spent(4, 12), spent(1, 1), spent(2, 20)].flat();

test('G7: sum over sum, not a mean of ratios', () => {
  const outcome = compute(ofG7);
  expect(outcome.value).toBeCloseTo(7 / 33, 12);
  expect(Math.round((outcome.value ?? 0) * 1_000) / 10).toBe(21.2);
  expect(outcome.sampleSize).toBe(3);
});

test('its rows are enough to compute it again', () => {
  const outcome = compute(ofG7);
  let active = 0;
  let total = 0;
  for (const row of outcome.evidence) {
    const { status, from, to, startedAt, doneAt } = ofG7[row] ?? unchangedSpan();
    const length = Math.min(to ?? Infinity, doneAt ?? 0) - Math.max(from ?? 0, startedAt ?? 0);
    total += length;
    if (status === 'Doing') active += length;
  }
  expect(active / total).toBe(outcome.value);
});

test('without a word on which statuses are active it is unknown, with the reason', () => {
  for (const none of [null, []]) {
    expect(compute(ofG7, none)).toMatchObject({
      value: null,
      sampleSize: 0,
      caveats: [expect.stringMatching(/^Nobody told which statuses mean that somebody works/)],
    });
  }
});

test('statuses are compared whatever their case; all active is 1, none is 0 and said', () => {
  expect(compute(ofG7, [' doing', 'REVIEW']).value).toBe(1);
  const none = compute(ofG7, ['Coding']);
  expect(none.value).toBe(0);
  expect(none.caveats).toContain(
    'None of the statuses that these items passed is among the active ones that were told.',
  );
});

test('time before the first start does not count, a time as done before a reopening waits', () => {
  const reopened = spansOf([
    ['Backlog', '2026-08-01'],
    ['Doing', '2026-09-10'],
    ['Done', '2026-09-11'],
    ['Doing', '2026-09-13'],
    ['Done', '2026-09-14'],
  ]);
  expect(compute(reopened).value).toBe(0.5);
});

test('an item without changes, without a start, or open again stays out, and that is said', () => {
  const unchanged = unchangedSpan({
    statusCategory: 'done',
    startedAt: utc('2026-09-08'),
    doneAt: utc('2026-09-09'),
  });
  const neverBegun = spansOf([
    ['Backlog', '2026-09-01'],
    ['Done', '2026-09-09'],
  ]);
  const open = spansOf([['Doing', '2026-09-08']], { doneAt: utc('2026-09-09') });
  const outcome = compute([...ofG7, unchanged, ...neverBegun, ...open]);
  expect(outcome.value).toBeCloseTo(7 / 33, 12);
  expect(outcome.sampleSize).toBe(3);
  expect(outcome.caveats.slice(0, 3)).toEqual([
    '1 work item finished in this window is open again and does not count.',
    '1 of 5 finished work items has no known start before the finish and stays out.',
    '1 of 5 finished work items has no known changes of status and stays out.',
  ]);
  expect(compute([unchanged])).toMatchObject({ value: null, sampleSize: 0 });
});

test('a week has the share of what was finished in it, and none is unknown', () => {
  const series = compute(ofG7).series?.map(({ value }) => value);
  expect(series).toEqual([null, null, expect.closeTo(7 / 33, 12)]);
});
