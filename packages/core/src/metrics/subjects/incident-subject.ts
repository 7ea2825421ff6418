import { type SQL, sql } from 'drizzle-orm';
import type { ReadContext } from '../../reads/read-context.ts';
import { ofRepository } from '../../reads/repositories.ts';
import { incidentLinks } from './incident-links.ts';
import type { Candidates } from './incidents-near-team.ts';
import { columnOfField, type SubjectLoader, type SubjectSpan } from './subject-source.ts';

/** One row per incident. Which team it belongs to is worked out after each sync. */
export const incidentSubject: SubjectLoader = async (context, window, columns = []) => {
  const { workspaceId, teamId } = context;
  const links = columns.includes('linkMethod')
    ? sql` left join (select incident_id, min(method) as link_method
        from (${await incidentLinks(context, window, wantedIn(context, window))}) group by incident_id) linked
        on linked.incident_id = f.id`
    : sql``;
  // The team's first: to ask each of a workspace's rows whose it is costs more than to read the team's.
  const own =
    teamId === null ? sql`` : sql`(${teamsIncidents(workspaceId, teamId, window)}) own cross join `;
  const isOwn = teamId === null ? sql`true` : sql`f.id = own.incident_id`;
  return {
    from: sql`${own}incidents f${links}`,
    where: sql`f.workspace_id = ${workspaceId} and ${isOwn}`,
    repositoryColumn: null,
    isOfRepository: (externalId) => ofServiceIn(workspaceId, externalId),
    columnOf: (name) => (name === 'linkMethod' ? 'linked.link_method' : columnOfField(name)),
    chunkSize: 200_000,
  };
};

/** What belongs to the team and lies in the span: no more of them need their links looked up. */
function wantedIn({ workspaceId, teamId }: ReadContext, span: SubjectSpan): Candidates {
  return (alias) => {
    const row = sql.raw(alias);
    // The plus has each looked up by its id; by the workspace, all would be read.
    const owned =
      teamId === null
        ? sql`${row}.workspace_id = ${workspaceId}`
        : sql`+${row}.workspace_id = ${workspaceId}
            and ${row}.id in (${teamsIncidents(workspaceId, teamId, span)})`;
    return sql`${owned} and ${isIn(span, alias)}`;
  };
}

/** A team's incidents, of the span alone where it is one of when they began. */
function teamsIncidents(workspaceId: string, teamId: string, span: SubjectSpan): SQL {
  const inSpan = span.column === 'createdAt' ? isIn(span, 'team_incidents') : sql`true`;
  return sql`select incident_id from incident_teams team_incidents
    where workspace_id = ${workspaceId} and team_id = ${teamId} and ${inSpan}`;
}

function isIn({ column, from, to }: SubjectSpan, alias: string): SQL {
  if (column === undefined) return sql`true`;
  const at = sql.raw(columnOfField(column, alias));
  return sql`${at} >= ${from} and ${at} < ${to}`;
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
