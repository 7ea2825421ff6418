import {
  buildDeployment,
  buildIncident,
  buildPullRequest,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { createAdjutant, type DomainRows, type MetricQuery } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { allMetrics } from './index.ts';

const clock = createFakeClock(utc('2026-10-05'));
const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const source = 'forge';
const place = { source, repositoryExternalId: 'shop' };
const repository = (name: string) => ({
  source,
  externalId: name,
  name,
  fullName: null,
  url: null,
  defaultBranch: 'main',
  mergeStyle: null,
});
const deployed = (
  externalId: string,
  at: string,
  fields: Parameters<typeof buildDeployment>[0] = {},
) => buildDeployment({ ...place, externalId, serviceKey: 'shop', finishedAt: utc(at), ...fields });
const broken = (externalId: string, at: string, fields: Parameters<typeof buildIncident>[0] = {}) =>
  buildIncident({ source, externalId, serviceKey: 'shop', createdAt: utc(at), ...fields });
const stated = (incidentExternalId: string, deploymentExternalId: string) => ({
  source,
  incidentExternalId,
  deploymentSource: source,
  deploymentExternalId,
  method: 'explicit' as const,
  confidence: 1,
});
const resolvedAt = utc('2026-09-09 12:30');

/** G3 as a source would deliver it. */
const example: DomainRows = {
  repositories: [repository('shop'), repository('search')],
  deployments: [
    deployed('d1', '2026-09-07 10:00'),
    deployed('d2', '2026-09-08 10:00'),
    deployed('d3', '2026-09-09 10:00', { result: 'failure' }),
    deployed('d4', '2026-09-09 12:00', { kind: 'hotfix' }),
    deployed('d5', '2026-09-10 10:00'),
  ],
  incidents: [
    broken('i1', '2026-09-08 11:00', { resolvedAt }),
    broken('i2', '2026-09-08 15:00', { resolvedAt }),
    broken('i3', '2026-09-10 09:00', { isExternal: true }),
  ],
  incidentDeployments: [stated('i1', 'd2'), stated('i2', 'd2')],
};
/** Another team deploys more often, and everything it deploys breaks. */
const elsewhere = { repositoryExternalId: 'search', serviceKey: 'search' };
const others: DomainRows = {
  deployments: ['08', '09', '10'].map((day) =>
    deployed(`o${day}`, `2026-09-${day} 08:00`, elsewhere),
  ),
  incidents: ['08', '09', '10'].map((day) =>
    broken(`o${day}`, `2026-09-${day} 10:30`, {
      serviceKey: 'search',
      resolvedAt: utc(`2026-09-${day} 12:30`),
    }),
  ),
};

async function open(...parts: DomainRows[]) {
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    teams: [
      { key: 'shop', name: 'Shop', repositories: ['shop'] },
      { key: 'search', name: 'Search', repositories: ['search'] },
    ],
    connectors: [
      createRowsConnector({
        id: source,
        records: () => Object.fromEntries(parts.map((rows, index) => [`part ${index}`, rows])),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const teams = await handle.teams();
  return { handle, shop: handle.forTeam(teams.find(({ key }) => key === 'shop')?.id ?? '') };
}

async function figures(
  handle: Awaited<ReturnType<typeof open>>['handle'],
  query: Partial<MetricQuery> = {},
) {
  const ids = [
    'change_fail_rate',
    'failed_deployment_recovery_time',
    'deployment_rework_rate',
    'pipeline_failure_share',
    'mttr',
  ];
  const values: Record<string, number | null> = {};
  for (const metricId of ids) {
    values[metricId] = (await handle.metric({ metricId, window, ...query })).value;
  }
  return values;
}

const worked = {
  change_fail_rate: 0.25,
  failed_deployment_recovery_time: 26.5,
  deployment_rework_rate: 0.25,
  pipeline_failure_share: 0.2,
  mttr: 23.5,
};

test('G3 comes out of a store', async () => {
  const { handle } = await open(example);
  expect(await figures(handle)).toEqual(worked);
  const { items, value } = await handle.explainMetric({ metricId: 'change_fail_rate', window });
  expect(value.sampleSize).toBe(4);
  expect(items[0]).toMatchObject({ values: { incidentCount: 2, incidentLink: 'explicit' } });
});

test("another team's incidents and deployments change nothing of ours", async () => {
  const { handle, shop } = await open(example, others);
  expect(await figures(shop)).toEqual(worked);
  const both = await figures(handle);
  expect(both['change_fail_rate']).toBe(4 / 7);
  const ofOne = await figures(handle, { repository: 'shop' });
  expect(ofOne).toEqual(worked);
});

test('without a word of its source an incident is held to the service it belongs to', async () => {
  const { shop } = await open({ ...example, incidentDeployments: [] }, others);
  expect(await figures(shop)).toEqual(worked);
  const { caveats } = await shop.metric({ metricId: 'change_fail_rate', window });
  expect(caveats).toContain(
    '1 of 1 failed deployment known only by an incident of the same service within 72 hours.',
  );
});

test('a deployment is rework by the hotfix or revert that came with it, where its source is silent', async () => {
  const deployments = [0, 1, 2, 3].map((day) =>
    deployed(`s${day}`, `2026-09-${day + 10} 10:00`, { kind: null }),
  );
  const merged = (number: number, title: string, day: number) => ({
    pullRequests: [
      buildPullRequest({
        ...place,
        externalId: `shop#${number}`,
        number,
        title,
        openedAt: utc(`2026-09-${day + 10} 07:00`),
        mergedAt: utc(`2026-09-${day + 10} 08:00`),
        mergeSha: `sha-${number}`,
      }),
    ],
    deploymentChanges: [
      {
        ...place,
        sha: `sha-${number}`,
        deploymentExternalId: `s${day}`,
        method: 'exact_sha' as const,
      },
    ],
  });
  const brought = [
    merged(1, 'Add a widget', 0),
    merged(2, 'Revert "Add a widget"', 2),
    merged(3, 'Hotfix: widgets wobble', 2),
  ];
  const { handle } = await open({ repositories: [repository('shop')], deployments }, ...brought);
  const answer = await handle.metric({ metricId: 'deployment_rework_rate', window });
  expect(answer).toMatchObject({ value: 0.25, sampleSize: 4 });
  const { items } = await handle.explainMetric({ metricId: 'deployment_rework_rate', window });
  expect(items.map(({ values }) => values['hotfixCount'])).toEqual([2, 0, 0, 0]);
});

test('a rollback fails the deployment that it names', async () => {
  const deployments = [
    ...(example.deployments ?? []),
    deployed('r5', '2026-09-10 13:00', { kind: 'rollback', previousExternalId: 'd5' }),
  ];
  const { handle } = await open({ ...example, deployments });
  expect(await figures(handle)).toMatchObject({
    change_fail_rate: 2 / 5,
    failed_deployment_recovery_time: (26.5 + 3) / 2,
    deployment_rework_rate: 2 / 5,
  });
});

test('what is missing of incidents stands beside the figures that need them', async () => {
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    connectors: [
      createRowsConnector({
        id: source,
        gaps: [
          { code: 'cut', message: 'Cut.', affectedCount: null, touches: ['incident'] },
          { code: 'other', message: 'Other.', affectedCount: null, touches: ['release'] },
        ],
        records: () => ({ all: example }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const gapsOf = async (metricId: string) => (await handle.metric({ metricId, window })).gaps;
  expect(await gapsOf('change_fail_rate')).toEqual(['cut']);
  expect(await gapsOf('time_to_restore')).toEqual(['cut']);
  expect(await gapsOf('deployment_frequency')).toEqual([]);
});

test('an empty store knows none of them', async () => {
  const { handle } = await open({ repositories: [repository('shop')] });
  expect(new Set(Object.values(await figures(handle)))).toEqual(new Set([null]));
});

test('deployments without a source of incidents say nothing of failures, but of their runs', async () => {
  const { handle } = await open({ ...example, incidents: [], incidentDeployments: [] });
  expect(await figures(handle)).toEqual({
    change_fail_rate: null,
    failed_deployment_recovery_time: null,
    deployment_rework_rate: 0.25,
    pipeline_failure_share: 0.2,
    mttr: null,
  });
});
