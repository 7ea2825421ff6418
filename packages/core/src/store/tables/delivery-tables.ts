import type {
  Deployment,
  DeploymentChange,
  IncidentDeployment,
  IncidentEvent,
  PipelineJob,
  PipelineRun,
} from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Builds, releases, deployments and incidents. */
export function deliveryTables(kit: ColumnKit) {
  const { table, text, integer, real, instant, flag, json, index, unique, primaryKey } = kit;
  return {
    pipelineRuns: table(
      'pipeline_runs',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        name: text().notNull(),
        result: text().$type<NonNullable<PipelineRun['result']>>(),
        originalResult: text(),
        sha: text(),
        branch: text(),
        queuedAt: instant(),
        startedAt: instant(),
        finishedAt: instant(),
      },
      (t) => [
        unique('pipeline_runs_key').on(t.workspaceId, t.source, t.externalId),
        index('pipeline_runs_finished').on(t.workspaceId, t.finishedAt, t.id),
        // Which pipelines a repository has and since when, where two sources show some.
        index('pipeline_runs_repository').on(
          t.workspaceId,
          t.source,
          t.repositoryExternalId,
          t.name,
          t.finishedAt,
        ),
      ],
    ),
    pipelineJobs: table(
      'pipeline_jobs',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        runExternalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        name: text().notNull(),
        attempt: integer().notNull(),
        result: text().$type<NonNullable<PipelineJob['result']>>(),
        originalResult: text(),
        sha: text(),
        startedAt: instant(),
        finishedAt: instant(),
      },
      (t) => [
        unique('pipeline_jobs_key').on(t.workspaceId, t.source, t.externalId),
        // What ended in the last days, of all jobs.
        index('pipeline_jobs_finished').on(t.workspaceId, t.finishedAt),
        index('pipeline_jobs_run').on(t.workspaceId, t.source, t.runExternalId),
        // The same job over time, to see what fails and passes by turns.
        index('pipeline_jobs_name').on(
          t.workspaceId,
          t.source,
          t.repositoryExternalId,
          t.name,
          t.finishedAt,
        ),
      ],
    ),
    releases: table(
      'releases',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        name: text().notNull(),
        sha: text().notNull(),
        releasedAt: instant().notNull(),
      },
      (t) => [
        unique('releases_key').on(t.workspaceId, t.source, t.externalId),
        index('releases_at').on(t.workspaceId, t.releasedAt),
        index('releases_repository').on(t.workspaceId, t.source, t.repositoryExternalId),
      ],
    ),
    /** Keyed by commit, because a commit has one first release. */
    releaseCommits: table(
      'release_commits',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        releaseExternalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        sha: text().notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.repositoryExternalId, t.sha] }),
        index('release_commits_release').on(t.workspaceId, t.source, t.releaseExternalId),
      ],
    ),
    deployments: table(
      'deployments',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        repositoryExternalId: text(),
        serviceKey: text(),
        environment: text().notNull(),
        result: text().$type<Deployment['result']>().notNull(),
        originalResult: text(),
        kind: text().$type<NonNullable<Deployment['kind']>>(),
        sha: text(),
        previousExternalId: text(),
        queuedAt: instant(),
        startedAt: instant(),
        finishedAt: instant(),
        origin: text().notNull(),
      },
      (t) => [
        unique('deployments_key').on(t.workspaceId, t.source, t.externalId),
        // With what tells where was deployed to in a span of time, so that no row is read for it.
        index('deployments_finished').on(
          t.workspaceId,
          t.finishedAt,
          t.source,
          t.repositoryExternalId,
          t.environment,
        ),
        // An incident is held to the last deployment of its service.
        index('deployments_service').on(t.workspaceId, t.serviceKey, t.finishedAt),
        // A team's deployments, and which services they were of.
        index('deployments_repository').on(
          t.workspaceId,
          t.source,
          t.repositoryExternalId,
          t.finishedAt,
          t.serviceKey,
        ),
        // Rollbacks are few among all.
        index('deployments_kind').on(t.workspaceId, t.kind, t.finishedAt),
      ],
    ),
    deploymentChanges: table(
      'deployment_changes',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        deploymentExternalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        sha: text().notNull(),
        method: text().$type<DeploymentChange['method']>().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [t.workspaceId, t.source, t.repositoryExternalId, t.sha, t.deploymentExternalId],
        }),
      ],
    ),
    incidents: table(
      'incidents',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        title: text().notNull(),
        serviceKey: text(),
        severity: text(),
        isExternal: flag().notNull(),
        createdAt: instant().notNull(),
        acknowledgedAt: instant(),
        resolvedAt: instant(),
        url: text(),
        assigneeAccountExternalIds: json<string[]>(),
      },
      (t) => [
        unique('incidents_key').on(t.workspaceId, t.source, t.externalId),
        index('incidents_created').on(t.workspaceId, t.createdAt, t.id),
        index('incidents_service').on(t.workspaceId, t.serviceKey, t.createdAt),
      ],
    ),
    incidentEvents: table(
      'incident_events',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        incidentExternalId: text().notNull(),
        kind: text().$type<IncidentEvent['kind']>().notNull(),
        at: instant().notNull(),
        actorAccountExternalId: text(),
        summary: text(),
      },
      (t) => [
        unique('incident_events_key').on(t.workspaceId, t.source, t.externalId),
        index('incident_events_incident').on(t.workspaceId, t.source, t.incidentExternalId, t.at),
      ],
    ),
    /** The team that an incident belongs to: worked out after each sync, because to ask costs five lookups. */
    incidentTeams: table(
      'incident_teams',
      {
        workspaceId: text().notNull(),
        incidentId: text().notNull(),
        teamId: text().notNull(),
        /** That of the incident, so that a team's incidents of a window are found at once. */
        createdAt: instant().notNull().default(0),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.incidentId] }),
        index('incident_teams_window').on(t.workspaceId, t.teamId, t.createdAt, t.incidentId),
      ],
    ),
    incidentDeployments: table(
      'incident_deployments',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        incidentExternalId: text().notNull(),
        deploymentSource: text().notNull(),
        deploymentExternalId: text().notNull(),
        method: text().$type<IncidentDeployment['method']>().notNull(),
        confidence: real().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [
            t.workspaceId,
            t.source,
            t.incidentExternalId,
            t.deploymentSource,
            t.deploymentExternalId,
          ],
        }),
        // All that leads to the incident: an index that is not, the planner passes over for the key.
        index('incident_deployments_deployment').on(
          t.workspaceId,
          t.deploymentSource,
          t.deploymentExternalId,
          t.source,
          t.incidentExternalId,
        ),
      ],
    ),
  };
}
