import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { itemRow } from '../__fixtures__/work-items.ts';
import { workItemThroughput } from './work-item-throughput.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-28') };
const doneAt = (at: string) => itemRow({ id: at, statusCategory: 'done', doneAt: utc(at) });

test('counts what was finished per week exactly, the empty week included', () => {
  const rows = [doneAt('2026-09-07'), doneAt('2026-09-13 23:59'), doneAt('2026-09-21')];
  const outcome = computeOver(workItemThroughput, rows, window);
  expect(outcome.series?.map(({ value }) => value)).toEqual([2, 0, 1]);
  expect(outcome).toMatchObject({ value: 1, p50: 1, sampleSize: 3, caveats: [] });
});

test('an item counts whether or not its start is known, one that is open again does not', () => {
  const rows = [
    doneAt('2026-09-08'),
    itemRow({ statusCategory: 'to_do', doneAt: utc('2026-09-09') }),
  ];
  const outcome = computeOver(workItemThroughput, rows, window);
  expect(outcome.sampleSize).toBe(1);
  expect([...outcome.evidence]).toEqual([0]);
  expect(computeOver(workItemThroughput, rows.slice(1), window)).toMatchObject({
    value: null,
    sampleSize: 0,
  });
});

test('finishes in weeks that the window cuts stay out of value and rows', () => {
  const cut = { from: utc('2026-09-08'), to: utc('2026-09-28') };
  const rows = [doneAt('2026-09-09'), doneAt('2026-09-15')];
  const outcome = computeOver(workItemThroughput, rows, cut);
  expect(outcome).toMatchObject({ value: 0.5, sampleSize: 1 });
  expect([...outcome.evidence]).toEqual([1]);
  expect(outcome.caveats).toEqual([
    '1 finished work item lies in weeks that the window cuts and is not counted.',
  ]);
});
