import type { DomainRows } from '@adjutant/core';
import type { Repository } from '@adjutant/core/domain';
import type { SentEvent } from './event-schema.ts';
import type { RepositoryPlace } from './repository-address.ts';

const source = 'events';

/** Returns the rows of one event. */
export function mapEvent(event: SentEvent): DomainRows {
  if (event.type === 'deployment') return mapDeployment(event);
  return event.type === 'incident' ? mapIncident(event) : mapBuild(event);
}

function mapDeployment(event: Extract<SentEvent, { type: 'deployment' }>): DomainRows {
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

function mapIncident(event: Extract<SentEvent, { type: 'incident' }>): DomainRows {
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
        url: null,
        assigneeAccountExternalIds: null,
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

function mapBuild(event: Extract<SentEvent, { type: 'build' }>): DomainRows {
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
        branch: event.branch ?? null,
        queuedAt: event.queuedAt ?? null,
        startedAt: event.startedAt ?? null,
        finishedAt: event.finishedAt ?? null,
      },
    ],
  };
}

/** All of it follows from its place, so that whichever event names it says the same. */
function repositoryOf(place: RepositoryPlace | undefined): Repository | null {
  if (place === undefined) return null;
  const { host, path } = place;
  const externalId = `${host}/${path}`;
  return {
    source,
    externalId,
    name: path.split('/').at(-1) ?? path,
    fullName: path,
    url: `https://${externalId}`,
    defaultBranch: null,
    mergeStyle: null,
  };
}
