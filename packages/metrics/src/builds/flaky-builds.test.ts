import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { type PipelineRunRow, runRow } from '../__fixtures__/pipeline-runs.ts';
import { flakyBuilds } from './flaky-builds.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };
const at = utc('2026-09-09 10:00');
const over = (rows: readonly PipelineRunRow[]) => computeOver(flakyBuilds, rows, window);
const run = (
  sha: string | null,
  result: PipelineRunRow['result'],
  fields: Partial<PipelineRunRow> = {},
) => runRow(at, { sha, result, ...fields });

test('a commit with both results in one pipeline is flaky; one of two commits is a half', () => {
  const outcome = over([run('b', 'success'), run('a', 'failure'), run('a', 'success')]);
  expect(outcome).toMatchObject({ value: 0.5, sampleSize: 2 });
  expect([...outcome.evidence]).toEqual([1, 2, 0]);
  expect(outcome.parts).toMatchObject([
    { id: 'flaky_commits', unit: 'count', value: 1, sampleSize: 2 },
    { id: 'pipeline:build', value: 0.5, sampleSize: 2 },
  ]);
  expect(outcome.caveats[0]).toBe(
    '1 of 2 commits ran more than once; only such a commit can show it.',
  );
});

test('reruns that fail and fail again, or differ by pipeline or repository, are not flaky', () => {
  const outcome = over([
    run('a', 'failure'),
    run('a', 'failure'),
    run('a', 'success', { name: 'lint' }),
    run('a', 'success', { repositoryExternalId: 'other' }),
  ]);
  expect(outcome).toMatchObject({ value: 0, sampleSize: 3 });
});

test('a rerun after a cancelled run says nothing', () => {
  expect(over([run('a', 'cancelled'), run('a', 'success')])).toMatchObject({ value: null });
});

test('is unknown where no commit ran more than once, as of one run', () => {
  expect(over([run('a', 'failure')])).toMatchObject({
    value: null,
    sampleSize: 0,
    caveats: [expect.stringMatching(/^No commit ran more than once/)],
  });
});

test('runs that name no commit are never held together', () => {
  expect(over([run(null, 'failure'), run(null, 'success')])).toMatchObject({
    value: null,
    caveats: ['Pipeline runs ended in this window, but none names its commit.'],
  });
  const outcome = over([run(null, 'failure'), run('a', 'success'), run('a', 'success')]);
  expect(outcome).toMatchObject({ value: 0, sampleSize: 1 });
  expect(outcome.caveats).toContain('1 of 3 finished runs names no commit.');
});

test('is unknown of an empty store and of cancelled runs', () => {
  expect(over([])).toMatchObject({ value: null, sampleSize: 0 });
  expect(over([run('a', 'cancelled')])).toMatchObject({ value: null, sampleSize: 0 });
});

test('a commit belongs to the week of its last run, and the flakiest pipeline comes first', () => {
  const nextWeek = at + 7 * 86_400_000;
  const outcome = over([
    run('a', 'failure', { name: 'end to end' }),
    run('a', 'success', { name: 'end to end', finishedAt: nextWeek }),
    run('a', 'success', { name: 'lint' }),
    run('b', 'success', { name: 'lint' }),
  ]);
  expect(outcome.series?.map(({ value, sampleSize }) => [value, sampleSize])).toEqual([
    [0, 2],
    [1, 1],
    [null, 0],
    [null, 0],
  ]);
  expect(outcome.parts?.map(({ title }) => title)).toEqual([
    'Commits with both results',
    'end to end',
    'lint',
  ]);
});

test('never shows more than twenty parts', () => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    (['success', 'failure'] as const).map((result) => run('a', result, { name: `p${index}` })),
  ).flat();
  const { parts, caveats, value } = over(rows);
  expect([value, parts?.length]).toEqual([1, 20]);
  expect(caveats).toContain(
    'Of 30 pipelines only 19 pipelines are shown as parts; the figure counts all.',
  );
});
