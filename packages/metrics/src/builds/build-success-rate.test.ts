import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { type PipelineRunRow, runRow } from '../__fixtures__/pipeline-runs.ts';
import { buildSuccessRate } from './build-success-rate.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };
const monday = utc('2026-09-07 10:00');
const dayMs = 86_400_000;
const over = (rows: readonly PipelineRunRow[]) => computeOver(buildSuccessRate, rows, window);
const ended = (result: PipelineRunRow['result'], day = 0, name = 'build') =>
  runRow(monday + day * dayMs, { result, name });

test('divides successes by what ended in success or failure, and shows the failures first', () => {
  const outcome = over([ended('success'), ended('failure'), ended('success'), ended('success')]);
  expect(outcome).toMatchObject({ value: 0.75, sampleSize: 4, p50: null });
  expect(outcome.evidence[0]).toBe(1);
});

test('what was cancelled, runs or was skipped is neither, and is told', () => {
  const outcome = over([ended('success'), ended('cancelled'), ended('running'), ended(null)]);
  expect(outcome).toMatchObject({ value: 1, sampleSize: 1, evidence: [0] });
  expect(outcome.caveats).toEqual([
    '1 of 4 pipeline runs was cancelled: neither success nor failure.',
    '1 of 4 pipeline runs is still running: neither success nor failure.',
    '1 of 4 pipeline runs has another result, as skipped: neither success nor failure.',
    'Only 1 pipeline run: this describes them, it is no trend.',
  ]);
});

test('is unknown where every run was cancelled', () => {
  expect(over([ended('cancelled'), ended('cancelled')])).toMatchObject({
    value: null,
    sampleSize: 0,
    caveats: [
      'No pipeline run ended in success or failure in this window: of 2 pipeline runs, 2 were cancelled and 0 had no such result.',
    ],
  });
});

test('is unknown, and not 0, of an empty store', () => {
  expect(over([])).toMatchObject({ value: null, series: [], caveats: [expect.any(String)] });
});

test('one run that failed is a share of none, and said to be no trend', () => {
  const outcome = over([ended('failure')]);
  expect(outcome).toMatchObject({ value: 0, sampleSize: 1 });
  expect(outcome.caveats).toEqual(['Only 1 pipeline run: this describes them, it is no trend.']);
});

test('a rerun that the source keeps as a run of its own counts beside the first', () => {
  const sha = 'same';
  const first = runRow(monday, { id: 'one', result: 'failure', sha });
  const again = runRow(monday + dayMs, { id: 'two', sha });
  expect(over([first, again])).toMatchObject({ value: 0.5, sampleSize: 2 });
});

test('a week has its own share, and one in which nothing ended has none', () => {
  const runs = [ended('success', 0), ended('failure', 1), ended('success', 14)];
  expect(over(runs).series?.map(({ value, sampleSize }) => [value, sampleSize])).toEqual([
    [0.5, 2],
    [null, 0],
    [1, 1],
    [null, 0],
  ]);
});

test('each pipeline is a part, the busiest first, and twenty are enough', () => {
  const runs = Array.from({ length: 22 }, (_, index) => ended('success', 1, `p${index + 10}`));
  const { parts, caveats } = over([
    ...runs,
    ended('failure', 2, 'p31'),
    ended('failure', 2, 'p31'),
  ]);
  expect(parts).toHaveLength(20);
  expect(parts?.[0]).toMatchObject({ id: 'pipeline:p31', title: 'p31', sampleSize: 3 });
  expect(parts?.[0]?.value).toBeCloseTo(1 / 3);
  expect(parts?.[1]).toMatchObject({ title: 'p10', value: 1, sampleSize: 1 });
  expect(caveats).toContain(
    'Of 22 pipelines only 20 pipelines are shown as parts; the figure counts all.',
  );
});

test('runs of several repositories are said to count together', () => {
  const runs = [ended('success'), { ...ended('success'), repositoryExternalId: 'other' }];
  expect(over(runs).caveats[0]).toMatch(/^Runs of 2 repositories count together/);
});
