import { type SQL, sql } from 'drizzle-orm';
import type { ReadContext } from '../../reads/read-context.ts';
import { deploymentsOf, type OwningTeam, readOwningTeam } from '../../reads/team-repositories.ts';
import { queryTuples } from '../../store/raw-query.ts';
import type { SubjectSpan } from './subject-source.ts';

/** The condition that an incident under this alias, of the workspace, is worth a closer look. */
export type Candidates = (alias: string) => SQL;

/** Returns the condition of all incidents of a workspace. */
export function allIncidents(workspaceId: string): Candidates {
  return (alias) => sql`${sql.raw(alias)}.workspace_id = ${workspaceId}`;
}

/**
 * Returns the condition that an incident may come from a deployment that the viewer's team sees,
 * finished within the span if that is what it is a span of. Whether it does is for others to say, each
 * of whose looks costs more; what this leaves out does not. For everybody's view and for the default
 * team nothing is left out.
 */
export async function incidentsAfterTeam(
  context: ReadContext,
  span: SubjectSpan,
): Promise<Candidates> {
  const team = await readOwningTeam(context);
  if (team === null) return allIncidents(context.workspaceId);
  const inSpan =
    span.column === 'finishedAt'
      ? sql`d.finished_at >= ${span.from} and d.finished_at < ${span.to}`
      : sql`true`;
  return listed(
    context,
    sql`select i.id from incidents i where i.workspace_id = ${team.workspaceId}
        and i.service_key >= '' and +i.service_key in (${servicesOf(team)})
      union select i.id from ${deploymentsOf(team, 'd')}
        cross join incident_deployments stated on stated.workspace_id = d.workspace_id
          and stated.deployment_source = d.source
          and stated.deployment_external_id = d.external_id
        cross join incidents i on i.workspace_id = stated.workspace_id
          and i.source = stated.source and i.external_id = stated.incident_external_id
        where ${inSpan}`,
  );
}

/** The services that a team owns, builds in a repository of its own, or has deployed from one. */
function servicesOf(team: OwningTeam): SQL {
  const { workspaceId, teamId } = team;
  return sql`select d.service_key from ${deploymentsOf(team, 'd')}
      where d.service_key is not null
    union select s.key from services s
      where s.workspace_id = ${workspaceId} and s.owner_team_id = ${teamId}
    union select s.key from services s
      join service_repositories built on built.workspace_id = s.workspace_id
        and built.service_id = s.id
      join repository_teams own on own.workspace_id = built.workspace_id
        and own.source = built.source
        and own.repository_external_id = built.repository_external_id
      where s.workspace_id = ${workspaceId} and own.team_id = ${teamId}`;
}

async function listed(context: ReadContext, query: SQL): Promise<Candidates> {
  const rows = await queryTuples<[string]>(context.store.read, query);
  const ids = JSON.stringify(rows.map(([id]) => id));
  // The plus has each looked up by its id; by the workspace, all would be read.
  return (alias) => sql`+${sql.raw(alias)}.workspace_id = ${context.workspaceId}
    and ${sql.raw(alias)}.id in (select value from json_each(${ids}))`;
}
