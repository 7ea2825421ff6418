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
    teamId === null
      ? sql``
      : sql`(select incident_id from incident_teams
          where workspace_id = ${workspaceId} and team_id = ${teamId}) own cross join `;
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
function wantedIn(
  { workspaceId, teamId }: ReadContext,
  { column, from, to }: SubjectSpan,
): Candidates {
  return (alias) => {
    const conditions = [sql`${sql.raw(alias)}.workspace_id = ${workspaceId}`];
    if (column !== undefined) {
      const at = sql.raw(columnOfField(column, alias));
      conditions.push(sql`${at} >= ${from}`, sql`${at} < ${to}`);
    }
    if (teamId !== null) {
      conditions.push(sql`${sql.raw(alias)}.id in (select incident_id from incident_teams
        where workspace_id = ${workspaceId} and team_id = ${teamId})`);
    }
    return sql.join(conditions, sql` and `);
  };
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
