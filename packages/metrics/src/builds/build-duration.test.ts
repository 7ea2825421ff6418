import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { type PipelineRunRow, runRow } from '../__fixtures__/pipeline-runs.ts';
import { buildDuration } from './build-duration.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };
const at = utc('2026-09-09 10:00');
const hourMs = 3_600_000;
const over = (rows: readonly PipelineRunRow[]) => computeOver(buildDuration, rows, window);
const lasting = (hours: number, fields: Partial<PipelineRunRow> = {}) =>
  runRow(at, { startedAt: at - hours * hourMs, ...fields });

test('measures from start to end, without the queue: 1, 2, 3 and 10 hours have the median 2.5', () => {
  const outcome = over(
    [1, 2, 3, 10].map((hours) => lasting(hours, { queuedAt: at - 90 * hourMs })),
  );
  expect(outcome).toMatchObject({ value: 2.5, p50: 2.5, p75: 4.75, sampleSize: 4 });
  expect(outcome.series?.[0]).toMatchObject({ value: 2.5, sampleSize: 4 });
});

test('a failed run has a duration, a cancelled one has not', () => {
  const runs = [lasting(1, { result: 'failure' }), lasting(9, { result: 'cancelled' })];
  expect(over(runs)).toMatchObject({ value: 1, sampleSize: 1 });
  expect(over([lasting(9, { result: 'cancelled' })])).toMatchObject({ value: null, sampleSize: 0 });
});

test('an end before the start is unknown, never negative', () => {
  const outcome = over([lasting(2), lasting(-1), lasting(1, { startedAt: null })]);
  expect(outcome).toMatchObject({ value: 2, sampleSize: 1 });
  expect([...outcome.evidence]).toEqual([0]);
  expect(outcome.caveats).toEqual([
    '1 of 3 finished runs has no known start.',
    '1 of 3 finished runs is left out: the start is dated after the end.',
    'Only 1 finished run: this describes them, it is no trend.',
  ]);
});

test('is unknown with its reason where no start is known, or none that can be', () => {
  expect(over([lasting(1, { startedAt: null })]).caveats).toEqual([
    'Pipeline runs ended in this window, but no source says when they started.',
  ]);
  expect(over([lasting(-1)])).toMatchObject({
    value: null,
    caveats: ['Pipeline runs ended in this window, but none has a start that lies before its end.'],
  });
  expect(over([])).toMatchObject({ value: null, sampleSize: 0 });
});

test('each pipeline has its own median', () => {
  const { parts } = over([
    lasting(1, { name: 'lint' }),
    lasting(8, { name: 'end to end' }),
    lasting(3, { name: 'lint' }),
  ]);
  expect(parts).toMatchObject([
    { id: 'pipeline:lint', value: 2, p50: 2, sampleSize: 2 },
    { id: 'pipeline:end to end', value: 8, sampleSize: 1 },
  ]);
});
