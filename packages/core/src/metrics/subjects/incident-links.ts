import { type SQL, sql } from 'drizzle-orm';
import type { ReadContext } from '../../reads/read-context.ts';
import { countsOnce } from '../../reads/repositories.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { allIncidents, type Candidates } from './incidents-near-team.ts';
import { type CountedEnvironments, countedEnvironments } from '../counted-environments.ts';

/** How long after a deployment an incident of the same service is still held to come from it. */
export const linkedWithinMs = 72 * 3_600_000;

/** When the incidents that are wanted began: both ends inside. */
export interface IncidentSpan {
  from: number;
  to: number;
}

/** Returns the span of the incidents that may follow a deployment of a window. */
export function spanAfter(window: { from: number; to: number }): IncidentSpan {
  return { from: window.from, to: window.to + linkedWithinMs };
}

/**
 * Returns a query of `incident_id, resolved_at, deployment_id, method`: which deployment each incident
 * comes from. What a source states stands, whenever that was; an incident without a statement, begun
 * within the span, is held to the latest successful deployment of its service to production, at most
 * 72 hours before. An external incident comes from no deployment. Only the incidents that are wanted
 * are looked at. It is worked out at each reading,
 * so that what arrives late corrects the past.
 */
export async function incidentLinks(
  context: ReadContext,
  span: IncidentSpan,
  isWanted: Candidates = allIncidents(context.workspaceId),
): Promise<SQL> {
  const { workspaceId } = context;
  const [named] = await queryTuples<[number]>(
    context.store.read,
    sql`select exists (select 1 from incidents
      where workspace_id = ${workspaceId} and service_key >= '')`,
  );
  // Where no incident names a service, none can be held to one's deployments.
  if (named?.[0] !== 1) return statedLinks(isWanted);
  const environments = await countedEnvironments(context.store.read, workspaceId, {
    from: span.from - linkedWithinMs,
    to: span.to,
  });
  const latest = latestBefore(workspaceId, environments, sql`i.created_at - ${linkedWithinMs}`);
  // Materialised, because each of its rows is asked twice; cast, because only text can be joined by
  // an index to the text that a deployment's id is.
  return sql`with guessed as materialized (
      select i.id as incident_id, i.resolved_at, ${latest} as latest
      from incidents i
      where ${isWanted('i')} and i.is_external = 0
        and i.service_key is not null and i.created_at between ${span.from} and ${span.to}
        and not exists (select 1 from incident_deployments stated
          where stated.workspace_id = i.workspace_id and stated.source = i.source
            and stated.incident_external_id = i.external_id))
    select incident_id, resolved_at, cast(substr(latest, 21) as text) as deployment_id,
      'time' as method from guessed where latest <> ''
    union all ${statedLinks(isWanted)}`;
}

/**
 * Returns a query of the `id` of the last successful deployment of an incident's service to production
 * before the incident, however long ago.
 */
export async function lastDeploymentOf(context: ReadContext, incidentId: string): Promise<SQL> {
  const { workspaceId } = context;
  const environments = await countedEnvironments(context.store.read, workspaceId);
  return sql`select cast(substr(latest, 21) as text) as id from (
      select ${latestBefore(workspaceId, environments, sql`0`)} as latest from incidents i
      where i.workspace_id = ${workspaceId} and i.id = ${incidentId}) where latest <> ''`;
}

/** The latest deployment for an incident `i`, as its instant in 20 digits and its id; '' without one. */
function latestBefore(workspaceId: string, environments: CountedEnvironments, since: SQL): SQL {
  const candidate = (condition: SQL): SQL => sql`(
    select printf('%020d', d.finished_at) || d.id from deployments d
    where d.workspace_id = ${workspaceId} and ${condition} and d.result = 'success'
      and d.finished_at between ${since} and i.created_at
      and ${environments.where('d')}
      and ${countsOnce(workspaceId, 'deployments', 'd')}
    order by d.finished_at desc, d.external_id desc, d.source limit 1)`;
  // Both name the instant first, so that the later one is also the greater text.
  const ofService = candidate(sql`d.service_key = i.service_key`);
  const ofItsRepositories = sql`case when exists (select 1 from services s
      where s.workspace_id = ${workspaceId} and s.key = i.service_key)
    then ${candidate(inRepositoryOfService(workspaceId))} end`;
  return sql`max(coalesce(${ofService}, ''), coalesce(${ofItsRepositories}, ''))`;
}

/** What a source guessed by time itself counts as such, and not beside what one states. */
function statedLinks(isWanted: Candidates): SQL {
  return sql`select i.id as incident_id, i.resolved_at, d.id as deployment_id, stated.method
    from incidents i
    cross join incident_deployments stated on stated.workspace_id = i.workspace_id
      and stated.source = i.source and stated.incident_external_id = i.external_id
    cross join deployments d on d.workspace_id = stated.workspace_id
      and d.source = stated.deployment_source and d.external_id = stated.deployment_external_id
    where ${isWanted('i')} and i.is_external = 0
      and (stated.method = 'explicit'
      or not exists (select 1 from incident_deployments explicit
        where explicit.workspace_id = stated.workspace_id and explicit.source = stated.source
          and explicit.incident_external_id = stated.incident_external_id
          and explicit.method = 'explicit'))`;
}

/** A deployment that names another service that is known here is not one of this service. */
function inRepositoryOfService(workspaceId: string): SQL {
  return sql`(d.service_key is null or not exists (select 1 from services named
      where named.workspace_id = ${workspaceId} and named.key = d.service_key))
    and exists (select 1 from services s
      join service_repositories built on built.workspace_id = s.workspace_id
        and built.service_id = s.id
      where s.workspace_id = ${workspaceId} and s.key = i.service_key
        and built.source = d.source
        and built.repository_external_id = d.repository_external_id)`;
}
