import type { DomainRows, WorkspaceHandle } from '@adjutant/core';
import { buildIncident } from '@adjutant/core/testing';
import { deploymentsIn, deploymentsOf } from './devlake-deployments.ts';
import { type DevlakeRow, idsOf, instantOf, source } from './devlake-tables.ts';

export interface IncidentTables {
  cicd_deployment_commits: readonly DevlakeRow[];
  incidents: readonly DevlakeRow[];
  project_mapping: readonly DevlakeRow[];
}

/**
 * Returns the deployments and incidents of one project, the project as their service: an incident of
 * that system names no service, and everything of the project may have caused it.
 */
export function incidentRowsOf(tables: IncidentTables, project: string): DomainRows {
  const mapped = new Set(
    tables.project_mapping
      .filter((row) => row['project_name'] === project)
      .map((row) => `${row['table']} ${row['row_id']}`),
  );
  const rows = tables.cicd_deployment_commits.filter((row) =>
    mapped.has(`cicd_scopes ${row['cicd_scope_id']}`),
  );
  const incidents = tables.incidents.filter((row) =>
    mapped.has(`${row['table']} ${row['scope_id']}`),
  );
  return {
    deployments: deploymentsOf(rows).map((row) => ({ ...row, serviceKey: project })),
    incidents: incidents.map((row) =>
      buildIncident({
        source,
        externalId: row['id'] ?? '',
        title: row['title'] ?? row['id'] ?? '',
        serviceKey: project,
        createdAt: instantOf(row['created_date']) ?? 0,
        resolvedAt: instantOf(row['resolution_date']),
      }),
    ),
  };
}

/** Returns ours: the deployments that each incident is held to come from, by external id. */
export async function linkedDeployments(
  handle: WorkspaceHandle,
): Promise<Record<string, { linked: string[]; last: string | null }>> {
  const found: Record<string, { linked: string[]; last: string | null }> = {};
  for (const id of await idsOf(handle, 'incident')) {
    const { incident, deployments, lastDeployment } = await handle.history.incident(id);
    found[incident.externalId] = {
      linked: deployments.map(({ deployment, method }) => `${deployment.externalId} ${method}`),
      last: lastDeployment?.externalId ?? null,
    };
  }
  return found;
}

/**
 * Returns `project_incident_deployment_relationships` of the project: `id` and `deployment_id`. Its
 * ways: the latest success of the whole project to an environment that is `PRODUCTION`, however long
 * ago, that ended strictly before the incident; an incident before all of them has no row; the id is
 * that of the pipeline, whose several commits are one deployment.
 */
export async function asDevlakeRelationships(
  handle: WorkspaceHandle,
  tables: IncidentTables,
): Promise<Record<string, string>> {
  const pipelines = new Map(
    tables.cicd_deployment_commits.map((row) => [
        row['id'],
        row['cicd_deployment_id'] || row['id'],
      ]),
  );
  const deployed = (await deploymentsIn(handle))
    .filter(({ result, environment }) => result === 'success' && environment === 'production')
    .toSorted((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0));
  const related: Record<string, string> = {};
  for (const id of await idsOf(handle, 'incident')) {
    const { incident } = await handle.history.incident(id);
    const { createdAt, externalId } = incident;
    const cause = deployed.findLast(({ finishedAt }) => (finishedAt ?? createdAt) < createdAt);
    if (cause !== undefined) related[externalId] = pipelines.get(cause.externalId) ?? '';
  }
  return related;
}
