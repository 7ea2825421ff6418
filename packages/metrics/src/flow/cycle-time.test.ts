import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { seededRandom } from '../__fixtures__/seeded-random.ts';
import { itemRow, randomItems } from '../__fixtures__/work-items.ts';
import { cycleTime } from './cycle-time.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };
const dayHours = 24;
/** An item finished on the 20th of September that took so many days. */
const tookDays = (days: number) =>
  itemRow({
    statusCategory: 'done',
    startedAt: utc('2026-09-20') - days * dayHours * 3_600_000,
    doneAt: utc('2026-09-20'),
  });
const ofG4 = [1, 2, 2, 3, 3, 4, 5, 6, 8, 20].map(tookDays);

test('G4: the expectation is by nearest rank, the percentiles are continuous', () => {
  const { p50, p75, parts, ...outcome } = computeOver(cycleTime, ofG4, window);
  expect(outcome.value).toBeCloseTo(3.5 * dayHours, 9);
  expect(p50).toBeCloseTo(3.5 * dayHours, 9);
  expect(p75).toBeCloseTo(5.75 * dayHours, 9);
  expect(parts?.map(({ id, title, value }) => [id, title, (value ?? 0) / dayHours])).toEqual([
    ['sle_50', '50 % were done within', 3],
    ['sle_85', '85 % were done within', 8],
    ['sle_95', '95 % were done within', 20],
  ]);
});

test('an expectation is a time that was observed and truly covers its share', () => {
  const [, within] = computeOver(cycleTime, ofG4, window).parts ?? [];
  const covered = ofG4.filter(
    ({ startedAt, doneAt }) =>
      ((doneAt ?? 0) - (startedAt ?? 0)) / 3_600_000 <= (within?.value ?? Number.NaN),
  );
  expect(covered).toHaveLength(9);
});

test('an item finished before it was begun is unknown, not negative', () => {
  const backwards = itemRow({
    statusCategory: 'done',
    startedAt: utc('2026-09-15'),
    doneAt: utc('2026-09-14'),
  });
  const outcome = computeOver(cycleTime, [backwards, tookDays(2)], window);
  expect(outcome).toMatchObject({ value: 48, sampleSize: 1 });
  expect([...outcome.evidence]).toEqual([1]);
  expect(outcome.caveats).toContain(
    '1 of 2 finished work items was begun only after their finish, by the source: their cycle time is unknown.',
  );
});

test('an item that never came into progress has no cycle time, and alone makes it unknown', () => {
  const never = itemRow({ statusCategory: 'done', doneAt: utc('2026-09-14') });
  expect(computeOver(cycleTime, [never, tookDays(2)], window)).toMatchObject({
    value: 48,
    sampleSize: 1,
  });
  expect(computeOver(cycleTime, [never], window)).toMatchObject({
    value: null,
    p50: null,
    sampleSize: 0,
    caveats: [
      'Work items were finished in this window, but of none is it known when it was begun.',
      '1 of 1 finished work item has no known start: their cycle time is unknown.',
    ],
  });
});

test('a reopened item does not count until it is finished again', () => {
  const reopened = itemRow({
    statusCategory: 'in_progress',
    startedAt: utc('2026-09-08'),
    doneAt: utc('2026-09-10'),
  });
  const outcome = computeOver(cycleTime, [reopened, tookDays(2)], window);
  expect(outcome).toMatchObject({ value: 48, sampleSize: 1 });
  expect(outcome.caveats).toContain(
    '1 work item finished in this window is open again and does not count.',
  );
});

test('an epic is not counted beside the stories that it holds', () => {
  const outcome = computeOver(
    cycleTime,
    [tookDays(2), { ...tookDays(90), kind: 'epic' }, { ...tookDays(1), kind: 'subtask' }],
    window,
  );
  expect(outcome).toMatchObject({ value: 48, sampleSize: 1 });
  expect(outcome.caveats[0]).toBe('2 of 3 work items are epics or subtasks and not counted.');
});

test('an item finished at the instant it was begun took no time, which is known', () => {
  expect(computeOver(cycleTime, [tookDays(0)], window)).toMatchObject({ value: 0, sampleSize: 1 });
});

test('a shift of everything changes nothing, a scale of time scales every figure', () => {
  const random = seededRandom(5);
  const from = utc('2026-09-07');
  const rows = randomItems(300, random, () => from + Math.floor(random() * 20 * 86_400) * 1_000);
  const moved = (by: (instant: number) => number) => ({
    rows: rows.map((row) => ({
      ...row,
      startedAt: row.startedAt === null ? null : by(row.startedAt),
      doneAt: row.doneAt === null ? null : by(row.doneAt),
    })),
    window: { from: by(window.from), to: by(window.to) },
  });
  const plain = computeOver(cycleTime, rows, window);
  const later = moved((instant) => instant + 21 * 86_400_000);
  const shifted = computeOver(cycleTime, later.rows, later.window);
  expect({ ...shifted, series: shifted.series?.map(({ value }) => value) }).toEqual({
    ...plain,
    series: plain.series?.map(({ value }) => value),
  });
  const longer = moved((instant) => from + (instant - from) * 3);
  const scaled = computeOver(cycleTime, longer.rows, longer.window);
  expect(plain.value).not.toBeNull();
  expect(scaled.value).toBeCloseTo(3 * (plain.value ?? 0), 6);
  expect(scaled.parts?.[1]?.value).toBeCloseTo(3 * (plain.parts?.[1]?.value ?? 0), 6);
});
