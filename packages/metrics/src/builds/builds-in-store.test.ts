import { createAdjutant } from '@adjutant/core';
import type { PipelineRun } from '@adjutant/core/domain';
import { buildPipelineRun, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from '../__fixtures__/compute.ts';
import { allMetrics } from '../index.ts';

const clock = createFakeClock(utc('2026-10-05'));
const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const at = utc('2026-09-08 10:00');
const minuteMs = 60_000;
const ids = ['build_success_rate', 'build_duration', 'build_queue_time', 'flaky_builds'];

/** A run that waited for 6 minutes and took 30, with whatever is given in place of that. */
const run = (externalId: string, fields: Partial<PipelineRun> = {}): PipelineRun =>
  buildPipelineRun({
    source: 'forge',
    repositoryExternalId: 'shop',
    externalId,
    sha: externalId,
    queuedAt: at - 36 * minuteMs,
    startedAt: at - 30 * minuteMs,
    finishedAt: at,
    ...fields,
  });

async function openWith(...passes: (readonly PipelineRun[])[]) {
  let pass = 0;
  const connector = createRowsConnector({
    id: 'forge',
    scope: { externalId: 'shop', name: 'shop', detail: {} },
    records: () => {
      const runs = passes[Math.min(pass, passes.length - 1)] ?? [];
      pass += 1;
      const repositories = ['shop', 'search'].map((externalId) => ({
        source: 'forge',
        externalId,
        name: externalId,
        fullName: null,
        url: null,
        defaultBranch: 'main',
        mergeStyle: null,
      }));
      return {
        shop: { repositories },
        ...Object.fromEntries(runs.map((one) => [one.externalId, { pipelineRuns: [one] }])),
      };
    },
  });
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [connector],
    metrics: allMetrics,
    clock,
  });
  onTestFinished(() => adjutant.close());
  for (let time = 0; time < passes.length; time += 1) await adjutant.sync();
  return adjutant.workspace().as(await adjutant.owner());
}

test('what a source shows of runs comes out as shares, durations, waits and their rows', async () => {
  const handle = await openWith([
    run('a'),
    run('b1', { sha: 'b', result: 'failure', startedAt: at - 10 * minuteMs }),
    run('b2', { sha: 'b', finishedAt: at + 30 * minuteMs }),
    run('c', { result: 'cancelled' }),
    run('d', { result: 'running', finishedAt: null }),
    run('e', { finishedAt: window.to, result: 'failure' }),
    run('f', { repositoryExternalId: 'search', result: 'failure' }),
  ]);
  const read = (metricId: string) => handle.metric({ metricId, window, repository: 'shop' });
  expect(await read('build_success_rate')).toMatchObject({ value: 2 / 3, sampleSize: 3 });
  expect(await read('build_duration')).toMatchObject({ value: 0.5, unit: 'hours', sampleSize: 3 });
  expect(await read('build_queue_time')).toMatchObject({ value: 0.1, sampleSize: 3 });
  expect(await read('flaky_builds')).toMatchObject({ value: 0.5, sampleSize: 2 });
  const all = await handle.metric({ metricId: 'build_success_rate', window });
  expect(all).toMatchObject({ value: 0.5, sampleSize: 4 });
  const flaky = await handle.explainMetric({ metricId: 'flaky_builds', window, limit: 2 });
  expect(flaky.items.map(({ key, title, values }) => [key, title, values['result']])).toEqual([
    ['b', 'build', 'failure'],
    ['b', 'build', 'success'],
  ]);
  expect(flaky.items.every(({ rawRecordId }) => rawRecordId !== null)).toBe(true);
});

test('a rerun that its source keeps under the old id replaces the first result', async () => {
  const first = run('a', { result: 'failure' });
  const again = run('a', { finishedAt: at + minuteMs });
  const handle = await openWith([first], [again]);
  const rate = await handle.metric({ metricId: 'build_success_rate', window });
  expect(rate).toMatchObject({ value: 1, sampleSize: 1 });
  const flaky = await handle.metric({ metricId: 'flaky_builds', window });
  expect(flaky).toMatchObject({ value: null, sampleSize: 0 });
});

test('they are listed, and unknown with a reason where no run is shown', async () => {
  const handle = await openWith([]);
  expect(handle.listMetrics().map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  for (const metricId of ids) {
    const { value, sampleSize, caveats } = await handle.metric({ metricId, window });
    expect([value, sampleSize]).toEqual([null, 0]);
    expect(caveats[0]).toMatch(/^No pipeline run is known/);
  }
});
