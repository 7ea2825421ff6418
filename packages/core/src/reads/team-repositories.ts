import { type SQL, sql } from 'drizzle-orm';
import { queryTuples } from '../store/raw-query.ts';
import type { ReadContext } from './read-context.ts';
import { ownedByTeam } from './repositories.ts';

type Asker = Pick<ReadContext, 'store' | 'workspaceId' | 'teamId'>;

/** A team that sees what it owns and nothing else. */
export interface OwningTeam {
  workspaceId: string;
  teamId: string;
}

/**
 * Returns the viewer's team if all it sees lies in repositories that it owns; null for everybody's
 * view, and for the default team, which also sees what nobody owns.
 */
export async function readOwningTeam({
  store,
  workspaceId,
  teamId,
}: Asker): Promise<OwningTeam | null> {
  if (teamId === null) return null;
  const found = await queryTuples(
    store.read,
    sql`select 1 from teams where workspace_id = ${workspaceId} and key = 'default' and id = ${teamId}`,
  );
  return found.length > 0 ? null : { workspaceId, teamId };
}

/**
 * Returns the deployments under an alias, joined to the repositories that a team owns. Those come
 * first: to ask each of a workspace's rows who owns its repository costs far more than to read the
 * team's.
 */
export function deploymentsOf({ workspaceId, teamId }: OwningTeam, alias: string): SQL {
  const row = sql.raw(alias);
  return sql`(select source, repository_external_id from repository_teams
      where workspace_id = ${workspaceId} and team_id = ${teamId}) own
    cross join deployments ${row} on ${row}.workspace_id = ${workspaceId}
      and ${row}.source = own.source and ${row}.repository_external_id = own.repository_external_id`;
}

/** Returns where the deployments lie that the viewer's team sees: what to read from, under the alias, and on which condition. */
export async function deploymentsOfTeam(
  context: Asker,
  alias: string,
): Promise<{ from: SQL; where: SQL }> {
  const team = await readOwningTeam(context);
  const inWorkspace = sql`${sql.raw(alias)}.workspace_id = ${context.workspaceId}`;
  if (team !== null) return { from: deploymentsOf(team, alias), where: inWorkspace };
  const owned = ownedByTeam(context, `${alias}.repository_external_id`, `${alias}.source`);
  return { from: sql.raw(`deployments ${alias}`), where: sql`${inWorkspace} and ${owned}` };
}
