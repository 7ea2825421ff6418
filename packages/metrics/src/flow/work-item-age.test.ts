import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { spansOf, unchangedSpan } from '../__fixtures__/work-items.ts';
import { workItemAge } from './work-item-age.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-21') };
const now = utc('2026-09-20');
const begunOn = (day: string) =>
  spansOf([
    ['Backlog', '2026-08-01'],
    ['Doing', day],
    ['Review', '2026-09-19 20:00'],
  ]);

test('age runs from the first transition into progress, through all later statuses', () => {
  const outcome = computeOver(workItemAge, begunOn('2026-09-10'), window, now);
  expect(outcome).toMatchObject({ value: 240, p50: 240, sampleSize: 1 });
});

test('a reopened item is as old as its first start makes it', () => {
  const reopened = spansOf([
    ['Doing', '2026-09-10'],
    ['Done', '2026-09-12'],
    ['Doing', '2026-09-19'],
  ]);
  expect(computeOver(workItemAge, reopened, window, now).value).toBe(240);
});

test('what is not begun, finished or put back has no age', () => {
  const rows = [
    ...spansOf([['Backlog', '2026-09-01']]),
    ...spansOf([
      ['Doing', '2026-09-01'],
      ['Done', '2026-09-10'],
    ]),
    ...spansOf([
      ['Doing', '2026-09-01'],
      ['Backlog', '2026-09-10'],
    ]),
  ];
  expect(computeOver(workItemAge, rows, window, now)).toMatchObject({
    value: null,
    sampleSize: 0,
    caveats: ['No work item is in progress, so none has an age.'],
  });
});

test('the bands hold every item once, oldest first among the rows', () => {
  const rows = ['2026-09-19', '2026-09-13', '2026-09-06', '2026-08-01', '2026-09-18'].flatMap(
    begunOn,
  );
  const outcome = computeOver(workItemAge, rows, window, now);
  expect(outcome.parts?.map(({ id, value }) => [id, value])).toEqual([
    ['up_to_1_day', 1],
    ['up_to_7_days', 2],
    ['up_to_14_days', 1],
    ['up_to_30_days', 0],
    ['over_30_days', 1],
  ]);
  expect(outcome.parts?.[0]?.unit).toBe('count');
  const ages = Array.from(
    outcome.evidence,
    (row) => (now - (rows[row]?.startedAt ?? 0)) / 86_400_000,
  );
  expect(ages).toEqual([50, 14, 7, 2, 1]);
});

test('aging: older than 85 % of what was finished in the window took', () => {
  const finished = [1, 2, 3, 8].flatMap((days) =>
    spansOf([
      ['Doing', `2026-09-0${9 - days}`],
      ['Done', '2026-09-09'],
    ]),
  );
  const rows = [...finished, ...begunOn('2026-09-10'), ...begunOn('2026-09-15')];
  expect(computeOver(workItemAge, rows, window, now).parts?.at(-1)).toMatchObject({
    id: 'aging',
    title: 'Older than the 8 days within which 85 % of the finished ones were done',
    unit: 'count',
    value: 1,
    sampleSize: 2,
  });
});

test('an item in progress since an unknown instant has no age, and that is said', () => {
  const unknown = unchangedSpan({ statusCategory: 'in_progress' });
  const outcome = computeOver(workItemAge, [unknown, ...begunOn('2026-09-10')], window, now);
  expect(outcome).toMatchObject({ value: 240, sampleSize: 1 });
  expect(outcome.caveats[0]).toBe(
    '1 of 2 running work items has no known start, and so no known age.',
  );
  expect(computeOver(workItemAge, [unknown], window, now)).toMatchObject({
    value: null,
    p50: null,
  });
});
