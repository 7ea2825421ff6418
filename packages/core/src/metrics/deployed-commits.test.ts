import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { defineMetric, type Deployment, type MetricDefinition } from '../domain.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildCommit, buildDeployment } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const hourMs = 3_600_000;
const authoredAt = Date.UTC(2026, 8, 8, 9);
const clock = createFakeClock(authoredAt + 240 * hourMs);

/** The hours from writing to deploying of the only commit; null where none is known. */
const hours: MetricDefinition = defineMetric({
  id: 'hours',
  title: 'Hours',
  unit: 'hours',
  definition: 'Hours until the commit is deployed.',
  source: 'this test',
  version: 1,
  subject: 'deployed_commit',
  columns: ['authoredAt', 'deployedAt'],
  windowColumn: 'deployedAt',
  better: 'lower',
  compute: ({ columns }) => ({
    value:
      columns.length === 0
        ? null
        : ((columns.deployedAt[0] ?? 0) - (columns.authoredAt[0] ?? 0)) / hourMs,
    sampleSize: columns.length,
    p50: null,
    p75: null,
    p90: null,
    caveats: [],
    evidence: Array.from({ length: columns.length }, (_, row) => row),
  }),
});

interface Deployed {
  environment?: string;
  afterHours: number;
}

const deploymentOf = (
  source: string,
  { environment = 'production', afterHours }: Deployed,
): Deployment =>
  buildDeployment({
    source,
    externalId: `${source}-${environment}`,
    repositoryExternalId: `${source}-1`,
    environment,
    sha: 'sha-1',
    finishedAt: authoredAt + afterHours * hourMs,
  });

/** A source that shows one commit of one repository, and how it was deployed. */
function shows(
  source: string,
  deployed: readonly Deployed[],
  reviews = false,
): ConfiguredConnector {
  const place = { source, repositoryExternalId: `${source}-1` };
  const deployments = deployed.map((one) => deploymentOf(source, one));
  return createRowsConnector({
    id: source,
    claimsCommits: true,
    showsReviews: reviews,
    scope: { externalId: `${source}-1`, name: 'acme/widgets', detail: {} },
    records: () => ({
      all: {
        repositories: [
          {
            source,
            externalId: `${source}-1`,
            name: 'widgets',
            fullName: 'acme/widgets',
            url: 'https://host.example/acme/widgets',
            defaultBranch: 'main',
            mergeStyle: null,
          },
        ],
        commits: [buildCommit({ ...place, sha: 'sha-1', authoredAt })],
        deployments,
        deploymentChanges: deployments.map(({ externalId }) => ({
          ...place,
          sha: 'sha-1',
          deploymentExternalId: externalId,
          method: 'exact_sha' as const,
        })),
      },
    }),
  });
}

async function measure(connectors: ConfiguredConnector[]): Promise<[number | null, number]> {
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
      metrics: [hours],
    },
    clock,
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const window = { from: authoredAt, to: clock.now() };
  const { value, sampleSize } = await handle.metric({ metricId: 'hours', window });
  return [value, sampleSize];
}

test('a commit is deployed when production has it, not when a preview has', async () => {
  const stages = [{ environment: 'preview-7', afterHours: 1 }, { afterHours: 30 }];
  expect(await measure([shows('forge', stages)])).toEqual([30, 1]);
});

test('where no environment is named after production, the first deployment counts', async () => {
  const stages = [
    { environment: 'blue', afterHours: 5 },
    { environment: 'green', afterHours: 4 },
  ];
  expect(await measure([shows('forge', stages)])).toEqual([4, 1]);
});

test('deployments that only the source that follows shows still carry commits', async () => {
  const both = [shows('clone', [{ afterHours: 20 }]), shows('forge', [], true)];
  expect(await measure(both)).toEqual([20, 1]);
});

test('where the leading source shows deployments, they alone count', async () => {
  const both = [shows('clone', [{ afterHours: 20 }]), shows('forge', [{ afterHours: 26 }], true)];
  expect(await measure(both)).toEqual([26, 1]);
});
