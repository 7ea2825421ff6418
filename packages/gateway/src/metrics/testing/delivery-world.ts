import {
  type Adjutant,
  createAdjutant,
  defineAction,
  type DomainRows,
  type WorkspaceHandle,
} from '@adjutant/core';
import {
  buildDeployment,
  buildIncident,
  buildPullRequest,
  createRowsConnector,
} from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { z } from 'zod';
import { createSteppedClock, type SteppedClock } from '../../testing/stepped-clock.ts';
import { createWatchedMetrics, type GatewayMetrics } from '../gateway-metrics.ts';
import type { ProcessWatch } from '../process-samples.ts';

const source = 'forge';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const firstDay = Date.UTC(2026, 7, 3, 9);

/**
 * Two teams that merged, deployed and mended for five weeks, each at its own pace; one action that a
 * person approved, and one that policy let run.
 */
export interface DeliveryWorld {
  clock: SteppedClock;
  handle: WorkspaceHandle;
  metrics: GatewayMetrics;
  close(): Promise<void>;
}

/** Opens it, synced and with every shipped metric. */
export async function openDeliveryWorld(): Promise<DeliveryWorld> {
  const clock = createSteppedClock(Date.UTC(2026, 8, 14, 12));
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    actions: [post],
    teams: [
      { key: 'Payments', name: 'Payments', repositories: ['shop'] },
      { key: 'Search', name: 'Search', repositories: ['search'] },
    ],
    connectors: [createRowsConnector({ id: source, records: () => ({ all: rows() }) })],
  });
  await adjutant.sync();
  await decideAboutActions(adjutant, clock);
  const metrics = createWatchedMetrics({ adjutant, clock }, quietProcess);
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

/** A process of which the same is told at every scrape. */
const quietProcess: ProcessWatch = {
  samples: () => [
    { name: 'adjutant_event_loop_delay_seconds', labels: { quantile: '0.5' }, value: 0.02 },
    { name: 'adjutant_event_loop_delay_seconds', labels: { quantile: '0.99' }, value: 0.03 },
    { name: 'adjutant_event_loop_delay_seconds', labels: { quantile: '1' }, value: 0.04 },
    { name: 'adjutant_process_memory_bytes', labels: { kind: 'rss' }, value: 200_000_000 },
    { name: 'adjutant_process_memory_bytes', labels: { kind: 'heap_used' }, value: 50_000_000 },
    { name: 'adjutant_process_uptime_seconds', value: 60 },
  ],
  stop: () => undefined,
};

const post = defineAction({
  id: 'example.post',
  title: 'Post a line',
  risk: 'medium',
  reversible: true,
  effectClass: 'keyed',
  inputSchema: z.strictObject({ line: z.string() }),
  prepare: async (_, { line }) => ({
    target: { source: 'example', externalId: '1', ref: 'board', url: null },
    preconditions: {},
    facts: [],
    recipients: [],
    content: line,
    conditions: {},
    excludedAccounts: [],
  }),
  observe: async () => ({}),
  execute: async () => ({ outcome: 'applied', result: {} }),
});

async function decideAboutActions(adjutant: Adjutant, clock: SteppedClock): Promise<void> {
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  const { actions } = adjutant.workspace().as(await adjutant.owner());
  const note = { title: 'Monday', body: 'Ask about reviews.' };
  const left = await actions.propose({ type: 'note.draft', payload: note, idempotencyKey: 'note' });
  const asked = await actions.propose({
    type: post.id,
    payload: { line: 'hello' },
    idempotencyKey: 'line',
  });
  const pending = await actions.await(asked.id, { maxWaitMs: 60_000, until: 'prepared' });
  clock.advance(90_000);
  await actions.decide({
    actionId: asked.id,
    revision: pending.revision,
    payloadHash: pending.payloadHash ?? '',
    verdict: 'approve',
    proof: { kind: 'terminal', operatingSystemUser: 'somebody' },
  });
  for (const { id } of [left, asked]) {
    await actions.await(id, { maxWaitMs: 60_000, until: 'settled' });
  }
  stop.abort();
  await working;
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
