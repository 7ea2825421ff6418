import { expect, test } from 'vitest';
import { defineMetric, type MetricDefinition, utcCalendar } from '../domain.ts';
import { valueOfDraws } from './value-of-draws.ts';

const window = { from: 0, to: 1_000, calendar: utcCalendar };
const beside = {
  window,
  now: 1_000,
  coverage: null,
  settings: { activeStatuses: null, timeZone: 'UTC' },
  known: { rows: 3, withoutStart: 0 },
  shown: {},
  unlinkedIncidents: null,
};
const columns = { releasedAt: [10, 20, 30], repositoryExternalId: ['a', 'b', 'c'] };

const sum = (numbers: readonly (number | null)[]): number =>
  numbers.reduce<number>((total, number) => total + (number ?? 0), 0);

/** The sum of the instants, by `compute` alone. */
const summed: MetricDefinition = defineMetric({
  id: 'summed',
  title: 'Sum',
  unit: 'count',
  definition: 'For this test.',
  source: 'For this test.',
  version: 1,
  subject: 'release',
  columns: ['releasedAt', 'repositoryExternalId'],
  windowColumn: 'releasedAt',
  better: 'neutral',
  compute: (input) => ({
    value: sum(input.columns.releasedAt),
    sampleSize: input.columns.length,
    p50: null,
    p75: null,
    p90: null,
    caveats: [],
    evidence: [],
  }),
});

test('each draw has the rows at its own positions, one row as often as it was drawn', () => {
  const valueOf = valueOfDraws(summed, columns, beside);
  expect([valueOf([0, 1, 2]), valueOf([2, 2]), valueOf([])]).toEqual([60, 60, 0]);
  expect(valueOf([1])).toBe(20);
});

test('columns are whole for a computation that copies or keeps them', () => {
  const kept: object[] = [];
  const valueOf = valueOfDraws(
    {
      ...summed,
      compute: (input) => {
        kept.push(input.columns, { ...input.columns });
        return summed.compute(input);
      },
    },
    columns,
    beside,
  );
  valueOf([0, 2]);
  valueOf([1]);
  const [first, second] = [
    { length: 2, releasedAt: [10, 30], repositoryExternalId: ['a', 'c'] },
    { length: 1, releasedAt: [20], repositoryExternalId: ['b'] },
  ];
  expect(kept).toEqual([first, first, second, second]);
});

test('where a metric says how its value alone is computed, nothing else is', () => {
  const copied: object[] = [];
  const computeValue: MetricDefinition['computeValue'] = (input) => {
    copied.push({ ...input.columns });
    return input.columns.length * 100;
  };
  const compute = (): never => {
    throw new Error('the whole figure was computed');
  };
  const valueOf = valueOfDraws({ ...summed, compute, computeValue }, columns, beside);
  expect([valueOf([0, 1]), valueOf([2]), valueOf([])]).toEqual([200, 100, 0]);
  expect(copied).toEqual([
    { length: 2, releasedAt: [10, 20], repositoryExternalId: ['a', 'b'] },
    { length: 1, releasedAt: [30], repositoryExternalId: ['c'] },
    { length: 0, releasedAt: [], repositoryExternalId: [] },
  ]);
});
