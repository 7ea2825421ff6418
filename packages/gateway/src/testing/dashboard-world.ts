import {
  type Adjutant,
  createAdjutant,
  type DomainRows,
  type WorkspaceHandle,
} from '@adjutant/core';
import {
  buildDeployment,
  buildPullRequest,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { createGateway } from '../create-gateway.ts';

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
const source = 'forge';
const monday = Date.UTC(2026, 6, 6);
const weekCount = 13;
const perWeek = 6;
export const dashboardNow = monday + weekCount * weekMs + hourMs;
export const hostileTitle = '<script>alert("x")</script><img src=x onerror=alert(1)>';

/** A gateway over a real store, with a person signed in by the host. */
export interface DashboardWorld {
  adjutant: Adjutant;
  handle: WorkspaceHandle;
  get(path: string): Promise<Response>;
  text(path: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens a store, empty or with a quarter of made-up work in two repositories. */
export async function openDashboardWorld(isEmpty: boolean): Promise<DashboardWorld> {
  const clock = createFakeClock(dashboardNow);
  const rows = isEmpty
    ? []
    : [
        createRowsConnector({
          id: source,
          showsReviews: true,
          records: () => ({ all: madeUpRows() }),
        }),
      ];
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    connectors: rows,
    signals: shippedRules,
  });
  if (!isEmpty) await adjutant.sync();
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new Error('The owner is a person.');
  const origin = 'http://localhost:4747';
  const gateway = createGateway(adjutant, {
    origin,
    clock,
    authenticate: () => ({
      kind: 'signed_in',
      viewer: owner,
      name: 'Ada',
      proof: { kind: 'host_session', method: 'test' },
    }),
  });
  const get = async (path: string): Promise<Response> =>
    gateway.fetch(new Request(`${origin}${path}`, { headers: { host: 'localhost:4747' } }));
  return {
    adjutant,
    handle: adjutant.workspace().as(owner),
    get,
    text: async (path) => (await get(path)).text(),
    close: () => adjutant.close(),
  };
}

function madeUpRows(): DomainRows {
  const rows = Array.from({ length: weekCount * perWeek }, (_, place) => changeAt(place));
  return {
    repositories: ['shop', 'depot'].map((name) => ({
      source,
      externalId: name,
      name,
      fullName: null,
      url: null,
      defaultBranch: 'main',
      mergeStyle: null,
    })),
    pullRequests: [...rows.map(({ pullRequest }) => pullRequest), openRequest()],
    deployments: rows.map(({ deployment }) => deployment),
    workItems: rows.map(({ workItem }) => workItem),
  };
}

function changeAt(place: number) {
  const repositoryExternalId = place % 3 === 0 ? 'depot' : 'shop';
  const mergedAt =
    monday + Math.floor(place / perWeek) * weekMs + ((place % perWeek) + 1) * 20 * hourMs;
  const hours = 6 + ((place * 37) % 90);
  const pullRequest = buildPullRequest({
    source,
    externalId: `pr-${place}`,
    repositoryExternalId,
    number: place + 1,
    title: `Change ${place} ${hostileTitle}`,
    openedAt: mergedAt - hours * hourMs,
    firstCommitAt: mergedAt - (hours + 5) * hourMs,
    mergedAt,
    mergeSha: `sha-${place}`,
  });
  const deployment = buildDeployment({
    source,
    externalId: `deployment-${place}`,
    repositoryExternalId,
    sha: `sha-${place}`,
    finishedAt: mergedAt + 4 * hourMs,
  });
  const isRunning = place % 9 === 0;
  const workItem = buildWorkItem({
    source,
    externalId: `item-${place}`,
    key: `SHOP-${place}`,
    title: `Item ${place} ${hostileTitle}`,
    createdAt: mergedAt - (hours + 40) * hourMs,
    startedAt: mergedAt - hours * hourMs,
    doneAt: isRunning ? null : mergedAt,
    statusCategory: isRunning ? 'in_progress' : 'done',
    originalStatus: isRunning ? `Doing ${hostileTitle}` : 'Done',
  });
  return { pullRequest, deployment, workItem };
}

function openRequest() {
  const openedAt = dashboardNow - 60 * hourMs;
  return buildPullRequest({
    source,
    externalId: 'pr-open',
    repositoryExternalId: 'shop',
    number: 900,
    title: `Open ${hostileTitle}`,
    openedAt,
    firstCommitAt: openedAt,
    mergedAt: null,
    mergeSha: null,
    state: 'open',
  });
}
