import type { IncidentCourse, NearDeployment } from '@adjutant/core';

export const hourMs = 3_600_000;
/** When the incident began. */
export const began = Date.UTC(2026, 10, 18, 9);

/** Returns a deployment of the incident's service, two hours before it, with nothing else about it. */
export function nearDeployment(fields: Partial<NearDeployment> = {}): NearDeployment {
  return {
    id: 'deployment-1',
    source: 'github',
    externalId: 'run:2002',
    repositoryExternalId: '77',
    serviceKey: 'SHOP1',
    environment: 'production',
    result: 'success',
    originalResult: null,
    kind: 'planned',
    sha: 'sha-2',
    queuedAt: null,
    startedAt: null,
    finishedAt: began - 2 * hourMs,
    origin: 'workflow_run',
    repository: 'shop',
    isProduction: true,
    isOfService: true,
    isNamed: false,
    previousAt: null,
    previous: null,
    commitIds: [],
    requests: [],
    ...fields,
  };
}

/** Returns an incident that is open, with nothing around it. */
export function incidentCourse({
  incident,
  ...fields
}: Partial<Omit<IncidentCourse, 'incident'>> & {
  incident?: Partial<IncidentCourse['incident']>;
} = {}): IncidentCourse {
  return {
    incident: {
      id: 'incident-1',
      source: 'pagerduty',
      externalId: 'Q1ABC',
      title: 'Nobody can pay',
      serviceKey: 'SHOP1',
      severity: 'SEV1',
      isExternal: false,
      createdAt: began,
      acknowledgedAt: null,
      resolvedAt: null,
      url: null,
      assigneeAccountExternalIds: null,
      ...incident,
    },
    events: [],
    deployments: [],
    hasMoreDeployments: false,
    threads: [],
    roles: [],
    followUps: [],
    meta: { asOf: began + 3 * hourMs, syncedAt: began, gaps: [] },
    ...fields,
  };
}
