import type { DomainRows } from '@adjutant/core';
import type { Repository } from '@adjutant/core/domain';
import type { DeliveredEvent } from './event-schema.ts';

const source = 'events';

/** Returns the rows of one event. */
export function mapEvent(event: DeliveredEvent): DomainRows {
  if (event.type === 'deployment') return mapDeployment(event);
  return event.type === 'incident' ? mapIncident(event) : mapBuild(event);
}

function mapDeployment(event: Extract<DeliveredEvent, { type: 'deployment' }>): DomainRows {
  const repository = repositoryOf(event.repository);
  return {
    ...(repository === null ? {} : { repositories: [repository] }),
    deployments: [
      {
        source,
        externalId: event.id,
        repositoryExternalId: repository?.externalId ?? null,
        serviceKey: event.service ?? null,
        environment: event.environment,
        result: event.result,
        originalResult: event.result,
        kind: event.kind ?? (event.rollsBack === undefined ? null : 'rollback'),
        sha: event.sha ?? null,
        previousExternalId: event.rollsBack ?? null,
        queuedAt: event.queuedAt ?? null,
        startedAt: event.startedAt ?? null,
        finishedAt: event.finishedAt ?? null,
        origin: 'event',
      },
    ],
  };
}

function mapIncident(event: Extract<DeliveredEvent, { type: 'incident' }>): DomainRows {
  const { id, title, createdAt, service, severity, isExternal, causedBy } = event;
  return {
    incidents: [
      {
        source,
        externalId: id,
        title,
        serviceKey: service ?? null,
        severity: severity ?? null,
        isExternal,
        createdAt,
        acknowledgedAt: event.acknowledgedAt ?? null,
        resolvedAt: event.resolvedAt ?? null,
      },
    ],
    incidentDeployments:
      causedBy === undefined
        ? []
        : [
            {
              source,
              incidentExternalId: id,
              deploymentSource: source,
              deploymentExternalId: causedBy,
              method: 'explicit',
              confidence: 1,
            },
          ],
  };
}

function mapBuild(event: Extract<DeliveredEvent, { type: 'build' }>): DomainRows {
  const repository = repositoryOf(event.repository);
  if (repository === null) return {};
  return {
    repositories: [repository],
    pipelineRuns: [
      {
        source,
        externalId: event.id,
        repositoryExternalId: repository.externalId,
        name: event.name,
        result: event.result,
        originalResult: event.result,
        sha: event.sha ?? null,
        queuedAt: event.queuedAt ?? null,
        startedAt: event.startedAt ?? null,
        finishedAt: event.finishedAt ?? null,
      },
    ],
  };
}

/** Known by its address, without what of it makes no difference. */
function repositoryOf(address: string | undefined): Repository | null {
  if (address === undefined) return null;
  const { host, pathname } = new URL(address);
  const fullName = pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return {
    source,
    externalId: `${host}/${fullName}`.toLowerCase(),
    name: fullName.split('/').at(-1) ?? fullName,
    fullName,
    url: `https://${host}/${fullName}`,
    defaultBranch: null,
    mergeStyle: null,
  };
}
