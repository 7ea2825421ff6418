import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { seededRandom } from '../__fixtures__/seeded-random.ts';
import { spansOf, unchangedSpan } from '../__fixtures__/work-items.ts';
import { wip } from './wip.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const now = utc('2026-09-20');
const seriesOf = (rows: Parameters<typeof computeOver>[1], at = now) =>
  computeOver(wip, rows, window, at).series?.map(({ value }) => value);

/** By hand:                       7. 8. 9. 10. 11. 12. 13. at the end of the day. */
const straight = spansOf([
  ['Backlog', '2026-09-07 08:00'],
  ['Doing', '2026-09-08 10:00'], //   ·  x  x   x   ·   ·   ·
  ['Review', '2026-09-10 09:00'],
  ['Done', '2026-09-11 16:00'],
]);
const before = spansOf([
  ['Backlog', '2026-08-01'],
  ['Doing', '2026-08-03'], //         x  x  x   x   x   x   x
]);
const reopened = spansOf([
  ['Backlog', '2026-09-01'],
  ['Doing', '2026-09-07 12:00'], //   x  x  ·   ·   x   x   ·
  ['Done', '2026-09-09 12:00'],
  ['Doing', '2026-09-11 12:00'],
  ['Done', '2026-09-13 12:00'],
]);
const putBack = spansOf([
  ['Backlog', '2026-09-01'],
  ['Doing', '2026-09-08 12:00'], //   ·  x  ·   ·   ·   ·   ·
  ['Backlog', '2026-09-09 12:00'],
]);
const neverStarted = spansOf([['Backlog', '2026-09-01']]);
const straightToDone = spansOf([
  ['Backlog', '2026-09-01'],
  ['Done', '2026-09-09'],
]);
const unchanged = [
  unchangedSpan({
    id: 'unchanged',
    statusCategory: 'done',
    createdAt: utc('2026-09-01'),
    startedAt: utc('2026-09-12 12:00'), // ·  ·  ·   ·   ·   x   ·
    doneAt: utc('2026-09-13 12:00'),
  }),
];
const all = [
  ...straight,
  ...before,
  ...reopened,
  ...putBack,
  ...neverStarted,
  ...straightToDone,
  ...unchanged,
];

test('work in progress at the end of each day equals the count by hand', () => {
  expect(seriesOf(all)).toEqual([2, 4, 2, 2, 2, 3, 1]);
});

test('each item alone equals its row of the count by hand', () => {
  expect(seriesOf(straight)).toEqual([0, 1, 1, 1, 0, 0, 0]);
  expect(seriesOf(before)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(seriesOf(reopened)).toEqual([1, 1, 0, 0, 1, 1, 0]);
  expect(seriesOf(putBack)).toEqual([0, 1, 0, 0, 0, 0, 0]);
  expect(seriesOf(neverStarted)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(seriesOf(straightToDone)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(seriesOf(unchanged)).toEqual([0, 0, 0, 0, 0, 1, 0]);
});

test('the figure is of the end of the window, or of now where that is earlier', () => {
  expect(computeOver(wip, all, window, now)).toMatchObject({ value: 1, sampleSize: 1 });
  const atNoon = computeOver(wip, all, window, utc('2026-09-10 12:00'));
  expect(atNoon.value).toBe(2);
  expect(atNoon.series?.map(({ value }) => value)).toEqual([2, 4, 2]);
});

test('its rows are the stretches of status that were running then', () => {
  const { evidence } = computeOver(wip, all, window, utc('2026-09-10 12:00'));
  expect(Array.from(evidence, (row) => [all[row]?.id, all[row]?.status])).toEqual([
    [straight[0]?.id, 'Review'],
    [before[0]?.id, 'Doing'],
  ]);
});

test('days before anything is known are unknown, not 0', () => {
  const late = spansOf([
    ['Backlog', '2026-09-09 08:00'],
    ['Doing', '2026-09-10 08:00'],
  ]);
  expect(seriesOf(late)).toEqual([null, null, 0, 1, 1, 1, 1]);
});

test('an item in progress since an unknown instant counts now, and on no earlier day', () => {
  const unknown = unchangedSpan({ statusCategory: 'in_progress', createdAt: utc('2026-09-01') });
  const present = { from: window.from, to: now };
  const outcome = computeOver(wip, [...before, unknown], present, now);
  expect(outcome).toMatchObject({ value: 2, sampleSize: 2 });
  expect(outcome.series?.at(-1)?.value).toBe(1);
  expect(outcome.caveats).toEqual([
    '1 of 2 work items is in progress since an unknown instant: they count now and on no earlier day.',
  ]);
  expect(computeOver(wip, [...before, unknown], window, now).value).toBe(1);
});

test('open and closed issues do not tell what is in progress: unknown, not 0', () => {
  const issues = [
    unchangedSpan({ createdAt: utc('2026-09-01') }),
    unchangedSpan({
      createdAt: utc('2026-09-01'),
      statusCategory: 'done',
      doneAt: utc('2026-09-08'),
    }),
  ];
  expect(computeOver(wip, issues, window, now)).toMatchObject({
    value: null,
    sampleSize: 0,
    series: [],
    caveats: [expect.stringMatching(/^No source shows which work items are begun/)],
  });
  expect(computeOver(wip, [...issues, ...before], window, now).caveats).toEqual([
    '1 of 3 work items does not tell whether they are begun, or since when they are put back or finished: not counted.',
  ]);
});

test('nothing in progress of items whose begin is known is a true 0', () => {
  expect(computeOver(wip, straight, window, now)).toMatchObject({ value: 0, sampleSize: 0 });
});

test('an epic in progress is not counted beside its stories', () => {
  const epic = before.map((span) => ({ ...span, kind: 'epic' as const }));
  const outcome = computeOver(wip, [...epic, ...before], window, now);
  expect(outcome.value).toBe(1);
  expect(outcome.caveats).toEqual(['1 of 2 work items is an epic or subtask and not counted.']);
});

test('a status of unknown meaning counts as work, and that is said', () => {
  const forgotten = straight.map((span) =>
    span.status === 'Review' ? { ...span, status: 'Gone', category: null } : span,
  );
  const outcome = computeOver(wip, forgotten, window, now);
  expect(outcome.series?.map(({ value }) => value)).toEqual([0, 1, 1, 1, 0, 0, 0]);
  expect(outcome.caveats[0]).toMatch(
    /^1 earlier stretch passed in a status of which no item tells/,
  );
});

test('over random histories the series equals a replay day by day', () => {
  const random = seededRandom(7);
  const names = ['Backlog', 'Doing', 'Review', 'Done'];
  for (let round = 0; round < 20; round += 1) {
    const paths = Array.from({ length: 30 }, () => {
      const days = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
        Math.floor(random() * 30 * 24),
      ).toSorted((left, right) => left - right);
      return days.map((hour) => {
        const at = new Date(utc('2026-08-20') + hour * 3_600_000).toISOString();
        const status = names[Math.floor(random() * names.length)] ?? 'Backlog';
        return [status, at.slice(0, 16).replace('T', ' ')] as const;
      });
    });
    const replayed = Array.from({ length: 7 }, (_, day) => {
      const end = window.from + (day + 1) * 86_400_000;
      const statuses = paths.map((path) => path.findLast(([, from]) => utc(from) < end)?.[0]);
      return statuses.filter((status) => status === 'Doing' || status === 'Review').length;
    });
    const rows = paths.filter((path) => path.length > 1).flatMap((path) => spansOf(path));
    const alone = paths.filter((path) => path.length === 1).flatMap((path) => spansOf(path));
    expect(seriesOf([...alone, ...rows])).toEqual(replayed);
  }
});
