import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../../create-adjutant.ts';
import { defineMetric, type MetricDefinition, type PipelineRun } from '../../domain.ts';
import type { ConfiguredConnector } from '../../sync/define-connector.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { buildPipelineRun } from '../../testing/row-builders.ts';
import { createRowsConnector } from '../../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../../workspace/handle.ts';

const at = Date.UTC(2026, 8, 8, 9);
const clock = createFakeClock(at + 86_400_000);
const window = { from: at, to: clock.now() };

const runs: MetricDefinition = defineMetric({
  id: 'runs',
  title: 'Runs',
  unit: 'count',
  definition: 'Runs that ended in the window.',
  source: 'this test',
  version: 1,
  subject: 'pipeline_run',
  columns: ['name', 'result', 'sha', 'queuedAt', 'startedAt', 'finishedAt'],
  windowColumn: 'finishedAt',
  better: 'neutral',
  compute: ({ columns }) => ({
    value: columns.length,
    sampleSize: columns.length,
    p50: null,
    p75: null,
    p90: null,
    caveats: [],
    evidence: columns.finishedAt.map((_, row) => row),
  }),
});

/** A source that shows the one repository, and these runs of it. */
function shows(
  source: string,
  shown: readonly Partial<PipelineRun>[],
  showsReviews = false,
): ConfiguredConnector {
  const repositoryExternalId = `${source}-1`;
  return createRowsConnector({
    id: source,
    showsReviews,
    scope: { externalId: repositoryExternalId, name: 'acme/widgets', detail: {} },
    records: () => ({
      'run-1': {
        repositories: [
          {
            source,
            externalId: repositoryExternalId,
            name: 'widgets',
            fullName: 'acme/widgets',
            url: 'https://host.example/acme/widgets',
            defaultBranch: 'main',
            mergeStyle: null,
          },
        ],
        pipelineRuns: shown.map((fields, index) =>
          buildPipelineRun({
            source,
            repositoryExternalId,
            externalId: `run-${index + 1}`,
            finishedAt: at + 60_000,
            ...fields,
          }),
        ),
      },
    }),
  });
}

async function open(connectors: ConfiguredConnector[]): Promise<WorkspaceHandle> {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors,
    metrics: {
      pullRequestFacts: {
        version: 1,
        compute: () => {
          throw new Error('These sources show no pull request.');
        },
      },
      metrics: [runs],
    },
    clock,
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return adjutant.workspace().as(await adjutant.owner());
}

async function count(connectors: ConfiguredConnector[], repository?: string) {
  const handle = await open(connectors);
  return (await handle.metric({ metricId: 'runs', window, repository })).value;
}

test('a run counts by its end; one that has none is in no window', async () => {
  const shown = [{}, { finishedAt: null, result: 'running' as const }, { finishedAt: at - 1 }];
  expect(await count([shows('forge', shown)])).toBe(1);
});

test('where the leading source shows runs, those of the one that follows are not counted again', async () => {
  expect(await count([shows('clone', [{}, {}]), shows('forge', [{}], true)])).toBe(1);
  expect(await count([shows('clone', [{}, {}]), shows('forge', [{}], true)], 'widgets')).toBe(1);
});

test('where the leading source shows no run, those of the one that follows count', async () => {
  expect(await count([shows('clone', [{}, {}]), shows('forge', [], true)])).toBe(2);
  expect(await count([shows('clone', [{}, {}]), shows('forge', [], true)], 'widgets')).toBe(2);
});

test('a run is explained by its commit, its pipeline and the record it came from', async () => {
  const handle = await open([shows('forge', [{ name: 'deploy', sha: 'abcdef0123456789' }])]);
  const { items } = await handle.explainMetric({ metricId: 'runs', window });
  expect(items).toEqual([
    expect.objectContaining({
      key: 'abcdef012',
      title: 'deploy',
      rawRecordId: expect.any(String),
      values: expect.objectContaining({ result: 'success', finishedAt: at + 60_000 }),
    }),
  ]);
});
