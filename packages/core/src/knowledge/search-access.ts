import { sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import type { SearchAccess } from '../search/search-index.ts';
import { queryTuples } from '../store/raw-query.ts';

/**
 * Returns what a viewer may find: everybody what is the workspace's, people also what their teams share
 * and what is their own, leads what any team shares. An assistant finds what is the workspace's and what
 * its sponsor's teams share, and nobody's private things.
 */
export async function searchAccessOf({
  store,
  workspaceId,
  viewer,
}: Pick<ReadContext, 'store' | 'workspaceId' | 'viewer'>): Promise<SearchAccess> {
  if (viewer.kind === 'system') return { personId: null, teamIds: [], seesEveryTeam: false };
  const personId = viewer.kind === 'person' ? viewer.personId : viewer.sponsorPersonId;
  const rows = await queryTuples<[string]>(
    store.read,
    sql`select distinct team_id from memberships
      where workspace_id = ${workspaceId} and person_id = ${personId} and to_day is null`,
  );
  return {
    personId: viewer.kind === 'person' ? personId : null,
    teamIds: rows.map(([teamId]) => teamId),
    seesEveryTeam: viewer.kind === 'person' && viewer.role !== 'member',
  };
}
