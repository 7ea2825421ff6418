import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { type PipelineRunRow, runRow } from '../__fixtures__/pipeline-runs.ts';
import { buildQueueTime } from './build-queue-time.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };
const at = utc('2026-09-09 10:00');
const hourMs = 3_600_000;
const over = (rows: readonly PipelineRunRow[]) => computeOver(buildQueueTime, rows, window);
const waiting = (hours: number, fields: Partial<PipelineRunRow> = {}) =>
  runRow(at, { startedAt: at - hourMs, queuedAt: at - (1 + hours) * hourMs, ...fields });

test('measures from the asking to the start', () => {
  const outcome = over([waiting(1), waiting(2), waiting(6, { result: 'failure' })]);
  expect(outcome).toMatchObject({ value: 2, p75: 4, sampleSize: 3 });
  expect(outcome.parts).toMatchObject([{ id: 'pipeline:build', value: 2, sampleSize: 3 }]);
});

test('is unknown where no source says when a run was asked for', () => {
  expect(over([waiting(1, { queuedAt: null }), waiting(2, { startedAt: null })])).toMatchObject({
    value: null,
    sampleSize: 0,
    caveats: [
      'Pipeline runs ended in this window, but no source says both when they were asked for and when they started.',
    ],
  });
});

test('a start before the asking is unknown, never negative', () => {
  expect(over([waiting(-1)])).toMatchObject({
    value: null,
    caveats: ['Pipeline runs ended in this window, but none started after it was asked for.'],
  });
  const outcome = over([waiting(3), waiting(-1), waiting(1, { queuedAt: null })]);
  expect(outcome).toMatchObject({ value: 3, sampleSize: 1 });
  expect(outcome.caveats).toEqual([
    '1 of 3 finished runs has no known asking or start.',
    '1 of 3 finished runs is left out: the start is dated before the asking.',
    'Only 1 finished run: this describes them, it is no trend.',
  ]);
});

test('is unknown, and not 0, where a source gives one instant for both', () => {
  expect(over([waiting(0), waiting(0), waiting(5)])).toMatchObject({
    value: null,
    sampleSize: 0,
    caveats: [
      '2 of 3 runs carry one instant as both asked for and started: their source does not tell waiting apart.',
    ],
  });
});

test('a start at once counts as no wait where most runs tell them apart', () => {
  const outcome = over([waiting(0), waiting(1), waiting(5)]);
  expect(outcome).toMatchObject({ value: 1, sampleSize: 3 });
  expect(outcome.caveats[0]).toMatch(/^1 of 3 finished runs carries one instant/);
});

test('is unknown of an empty store and of cancelled runs', () => {
  expect(over([])).toMatchObject({ value: null, sampleSize: 0 });
  expect(over([waiting(1, { result: 'cancelled' })])).toMatchObject({ value: null, sampleSize: 0 });
});
