import { createAdjutant, type DomainRows, type WorkspaceHandle } from '@adjutant/core';
import {
  buildDeployment,
  buildIncident,
  buildPullRequest,
  createFakeClock,
  createRowsConnector,
  type FakeClock,
} from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { createGatewayMetrics, type GatewayMetrics } from '../gateway-metrics.ts';

const source = 'forge';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const firstDay = Date.UTC(2026, 7, 3, 9);

/** Two teams that merged, deployed and mended for five weeks, each at its own pace. */
export interface DeliveryWorld {
  clock: FakeClock;
  handle: WorkspaceHandle;
  metrics: GatewayMetrics;
  close(): Promise<void>;
}

/** Opens it, synced and with every shipped metric. */
export async function openDeliveryWorld(): Promise<DeliveryWorld> {
  const clock = createFakeClock();
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    teams: [
      { key: 'Payments', name: 'Payments', repositories: ['shop'] },
      { key: 'Search', name: 'Search', repositories: ['search'] },
    ],
    connectors: [createRowsConnector({ id: source, records: () => ({ all: rows() }) })],
  });
  await adjutant.sync();
  const metrics = createGatewayMetrics({ adjutant, clock });
  return {
    clock,
    handle: adjutant.workspace().as({ kind: 'system' }),
    metrics,
    async close() {
      await metrics.close();
      await adjutant.close();
    },
  };
}

function rows(): DomainRows {
  const [shop, search] = [ofRepository('shop', 5, 12), ofRepository('search', 8, 30)];
  return {
    repositories: ['shop', 'search'].map((name) => ({
      source,
      externalId: name,
      name,
      fullName: null,
      url: null,
      defaultBranch: 'main',
      mergeStyle: 'merge',
    })),
    accounts: [
      {
        source,
        externalId: 'mira',
        login: 'mira',
        name: 'mira',
        email: null,
        emailVerified: false,
        vendorId: null,
        kind: 'human',
        isBot: false,
      },
    ],
    pullRequests: [...shop.pullRequests, ...search.pullRequests],
    deployments: [...shop.deployments, ...search.deployments],
    deploymentChanges: [...shop.deploymentChanges, ...search.deploymentChanges],
    incidents: [...shop.incidents, ...search.incidents],
    incidentDeployments: [...shop.incidentDeployments, ...search.incidentDeployments],
  };
}

/** A change is merged every so many hours, deployed the next day, and every third one breaks. */
function ofRepository(name: string, count: number, reviewHours: number) {
  const place = { source, repositoryExternalId: name };
  const changes = Array.from({ length: count }, (_, index) => {
    const openedAt = firstDay + index * 4 * dayMs;
    const mergedAt = openedAt + reviewHours * hourMs;
    return { id: `${name}-${index}`, index, openedAt, mergedAt, deployedAt: mergedAt + dayMs };
  });
  const broken = changes.filter(({ index }) => index % 3 === 0);
  return {
    pullRequests: changes.map(({ id, index, openedAt, mergedAt }) =>
      buildPullRequest({
        ...place,
        externalId: id,
        number: index + 1,
        openedAt,
        mergedAt,
        firstCommitAt: openedAt - 2 * hourMs,
        authorAccountExternalId: 'mira',
        mergeSha: `sha-${id}`,
      }),
    ),
    deployments: changes.map(({ id, deployedAt }) =>
      buildDeployment({
        ...place,
        externalId: `deployment-${id}`,
        serviceKey: name,
        sha: `sha-${id}`,
        finishedAt: deployedAt,
      }),
    ),
    deploymentChanges: changes.map(({ id }) => ({
      ...place,
      sha: `sha-${id}`,
      deploymentExternalId: `deployment-${id}`,
      method: 'exact_sha' as const,
    })),
    incidents: broken.map(({ id, deployedAt }) =>
      buildIncident({
        source,
        externalId: `incident-${id}`,
        serviceKey: name,
        createdAt: deployedAt + hourMs,
        resolvedAt: deployedAt + 3 * hourMs,
      }),
    ),
    incidentDeployments: broken.map(({ id }) => ({
      source,
      incidentExternalId: `incident-${id}`,
      deploymentSource: source,
      deploymentExternalId: `deployment-${id}`,
      method: 'explicit' as const,
      confidence: 1,
    })),
  };
}
