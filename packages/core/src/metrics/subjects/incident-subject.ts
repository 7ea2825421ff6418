import { type SQL, sql } from 'drizzle-orm';
import type { ReadContext } from '../../reads/read-context.ts';
import { ofRepository } from '../../reads/repositories.ts';
import { incidentLinks } from './incident-links.ts';
import { incidentsNearTeam } from './incidents-near-team.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/** One row per incident. It belongs to a service, and so to what that is built and deployed from. */
export const incidentSubject: SubjectLoader = async (context, window, columns = []) => {
  const isNear = await incidentsNearTeam(context, window);
  const links = columns.includes('linkMethod')
    ? sql` left join (select incident_id, min(method) as link_method
        from (${await incidentLinks(context, window, isNear)}) group by incident_id) linked
        on linked.incident_id = f.id`
    : sql``;
  return {
    from: sql`incidents f${links}`,
    where: sql`f.workspace_id = ${context.workspaceId} and ${isNear('f')} and ${ofTeam(context)}`,
    repositoryColumn: null,
    isOfRepository: (externalId) => ofServiceIn(context.workspaceId, externalId),
    columnOf: (name) => (name === 'linkMethod' ? 'linked.link_method' : columnOfField(name)),
    chunkSize: 200_000,
  };
};

/**
 * An incident belongs to the team that owns its service: by our own word, or as the owner of a
 * repository that the service is built from, or that a deployment of it or named by it came from.
 */
function ofTeam({ workspaceId, teamId }: ReadContext): SQL {
  if (teamId === null) return sql`true`;
  const ownerOf = (row: string): SQL => sql`join repository_teams owner
    on owner.workspace_id = ${workspaceId} and owner.source = ${sql.raw(row)}.source
      and owner.repository_external_id = ${sql.raw(row)}.repository_external_id`;
  return sql`coalesce(
    (select s.owner_team_id from services s
      where s.workspace_id = ${workspaceId} and s.key = f.service_key),
    (select min(owner.team_id) from services s
      join service_repositories built on built.workspace_id = s.workspace_id
        and built.service_id = s.id ${ownerOf('built')}
      where s.workspace_id = ${workspaceId} and s.key = f.service_key),
    (select min(owner.team_id) from incident_deployments stated
      join deployments d on d.workspace_id = stated.workspace_id
        and d.source = stated.deployment_source and d.external_id = stated.deployment_external_id
      ${ownerOf('d')}
      where stated.workspace_id = ${workspaceId} and stated.source = f.source
        and stated.incident_external_id = f.external_id),
    (select owner.team_id from deployments d ${ownerOf('d')}
      where d.workspace_id = ${workspaceId} and d.service_key = f.service_key
      order by d.finished_at desc, d.external_id limit 1),
    (select id from teams where workspace_id = ${workspaceId} and key = 'default')) = ${teamId}`;
}

/** Of a service that is built or deployed from the repository, or stated to come from a deployment of it. */
function ofServiceIn(workspaceId: string, externalId: string): SQL {
  return sql`(f.service_key in (
      select d.service_key from deployments d where d.workspace_id = ${workspaceId}
        and ${ofRepository(workspaceId, 'd.repository_external_id', externalId)}
      union select s.key from services s
        join service_repositories built on built.workspace_id = s.workspace_id
          and built.service_id = s.id
        where s.workspace_id = ${workspaceId}
          and ${ofRepository(workspaceId, 'built.repository_external_id', externalId)})
    or exists (select 1 from incident_deployments stated
      join deployments d on d.workspace_id = stated.workspace_id
        and d.source = stated.deployment_source and d.external_id = stated.deployment_external_id
      where stated.workspace_id = ${workspaceId} and stated.source = f.source
        and stated.incident_external_id = f.external_id
        and ${ofRepository(workspaceId, 'd.repository_external_id', externalId)}))`;
}
