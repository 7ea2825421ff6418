import {
  type Adjutant,
  createAdjutant,
  type DomainRows,
  type MetricAnswer,
  type WorkspaceHandle,
} from '@adjutant/core';
import type {
  Account,
  MetricDefinition,
  PullRequest,
  Repository,
  Window,
} from '@adjutant/core/domain';
import {
  buildDeployment,
  buildIncident,
  buildPullRequest,
  buildPullRequestEvent,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { allMetrics } from '../index.ts';
import { utc } from './compute.ts';

export const source = 'forge';

export interface World {
  /** What a sync brings, by the record that it stands in; put others in its place for the next one. */
  records: Record<string, DomainRows>;
  adjutant: Adjutant;
  handle: WorkspaceHandle;
  close(): Promise<void>;
}

/** Opens a store that a forge fills with these rows, with every metric of this package. */
export async function openWorld(
  records: Record<string, DomainRows>,
  now: number,
  more: readonly MetricDefinition[] = [],
): Promise<World> {
  const world = { records };
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(now),
    metrics: { ...allMetrics, metrics: [...allMetrics.metrics, ...more] },
    flow: { activeStatuses: ['Doing'] },
    teams: [{ key: 'search', name: 'Search', repositories: ['search'] }],
    connectors: [
      createRowsConnector({
        id: source,
        showsReviews: true,
        claimsCommits: true,
        scope: { externalId: 'shop', name: 'shop', detail: {} },
        records: () => world.records,
      }),
    ],
  });
  const { streams } = await adjutant.sync();
  const failed = streams.find(({ error }) => error !== null);
  if (failed !== undefined) throw new Error(`The rows were not written: ${failed.error?.message}`);
  const handle = adjutant.workspace().as(await adjutant.owner());
  return Object.assign(world, { adjutant, handle, close: () => adjutant.close() });
}

/** What every metric of this package answers, by id. */
export async function answersOf(
  handle: WorkspaceHandle,
  window: Window,
  repository?: string,
): Promise<Record<string, MetricAnswer>> {
  const answers: Record<string, MetricAnswer> = {};
  for (const { id } of allMetrics.metrics) {
    answers[id] = await handle.metric({ metricId: id, window, repository });
  }
  return answers;
}

export function repositoryOf(externalId: string): Repository {
  return {
    source,
    externalId,
    name: externalId,
    fullName: `acme/${externalId}`,
    url: null,
    defaultBranch: 'main',
    mergeStyle: null,
  };
}

export function accountOf(externalId: string, isBot = false): Account {
  return {
    source,
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: isBot ? 'service_bot' : 'human',
    isBot,
  };
}

/** A repository that an author, a reviewer and a robot work in. */
export const shop: DomainRows = {
  repositories: [repositoryOf('shop')],
  accounts: [accountOf('author'), accountOf('reviewer'), accountOf('robot', true)],
};

const place = { source, repositoryExternalId: 'shop' };

/** A pull request of the shop by the author; one without a merge is open. */
export function requestOf(
  number: number,
  openedAt: string,
  mergedAt: string | null,
  fields: Partial<PullRequest> = {},
): PullRequest {
  return buildPullRequest({
    ...place,
    externalId: `request-${number}`,
    number,
    authorAccountExternalId: 'author',
    state: mergedAt === null ? 'open' : 'merged',
    openedAt: utc(openedAt),
    mergedAt: mergedAt === null ? null : utc(mergedAt),
    mergeSha: mergedAt === null ? null : `sha-${number}`,
    ...fields,
  });
}

export function reviewOf(
  number: number,
  at: string,
  fields: Parameters<typeof buildPullRequestEvent>[0] = {},
) {
  return buildPullRequestEvent({
    source,
    externalId: `event-${number}-${at}-${fields.kind ?? 'review'}`,
    pullRequestExternalId: `request-${number}`,
    actorAccountExternalId: 'reviewer',
    at: utc(at),
    ...fields,
  });
}

export function deploymentOf(
  externalId: string,
  at: string,
  fields: Parameters<typeof buildDeployment>[0] = {},
) {
  return buildDeployment({
    ...place,
    externalId,
    serviceKey: 'shop',
    finishedAt: utc(at),
    ...fields,
  });
}

export function incidentOf(
  externalId: string,
  at: string,
  fields: Parameters<typeof buildIncident>[0] = {},
) {
  return buildIncident({ source, externalId, serviceKey: 'shop', createdAt: utc(at), ...fields });
}

/** That a deployment was the first to carry a commit. */
export function carried(deploymentExternalId: string, sha: string) {
  return { ...place, sha, deploymentExternalId, method: 'exact_sha' as const };
}

/** What a source states of an incident's cause. */
export function statedCause(incidentExternalId: string, deploymentExternalId: string) {
  return {
    source,
    incidentExternalId,
    deploymentSource: source,
    deploymentExternalId,
    method: 'explicit' as const,
    confidence: 1,
  };
}
