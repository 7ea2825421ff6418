import { type SQL, sql } from 'drizzle-orm';
import type { ReadContext } from '../../reads/read-context.ts';
import { ofRepository, ownedByTeam } from '../../reads/repositories.ts';

type Viewing = Pick<ReadContext, 'workspaceId' | 'teamId'>;

/** What is said where the work items of one team or repository are asked for. */
export const linkedOnlyCaveat =
  'A work item belongs to no repository: a team or a repository has those that its pull requests are linked with, and the default team those without a link.';

/**
 * Returns the condition that a work item is one of the viewer's team: a pull request of a repository
 * that the team owns is linked with it. What no pull request is linked with belongs to the default
 * team, as a repository that nobody owns does.
 */
export function workItemOfTeam(context: Viewing): SQL {
  const { workspaceId, teamId } = context;
  if (teamId === null) return sql`true`;
  const owned = ownedByTeam(context, 'p.repository_external_id', 'p.source');
  // Each list is made once for the whole query: there is no index from a work item to its links.
  return sql`((f.source, f.external_id) in (${linkedWorkItems(workspaceId, owned)})
    or (${teamId} = (select id from teams where workspace_id = ${workspaceId} and key = 'default')
      and (f.source, f.external_id) not in (${linkedWorkItems(workspaceId, sql`true`)})))`;
}

/** Returns the condition that a pull request of a repository is linked with a work item. */
export function workItemOfRepository({ workspaceId }: Viewing, externalId: string): SQL {
  const inRepository = ofRepository(workspaceId, 'p.repository_external_id', externalId);
  return sql`(f.source, f.external_id) in (${linkedWorkItems(workspaceId, inRepository)})`;
}

/** Returns a query of the work items that pull requests `p` of a condition are linked with. */
export function linkedWorkItems(workspaceId: string, condition: SQL): SQL {
  return sql`select l.work_item_source, l.work_item_external_id from pull_request_work_items l
    join pull_requests p on p.workspace_id = l.workspace_id and p.source = l.source
      and p.external_id = l.pull_request_external_id
    where l.workspace_id = ${workspaceId} and ${condition}`;
}
