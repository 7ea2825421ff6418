import { sql } from 'drizzle-orm';
import { leadStream } from '../leads/lead-gap.ts';
import { queryTuples } from '../store/raw-query.ts';
import { allGaps } from './all-gaps.ts';
import type { ReadContext } from './read-context.ts';
import { ownedByTeam } from './repositories.ts';

/**
 * Returns the codes of the gaps that touch a figure: of the repositories it was made from, or of a
 * scope that is no repository, and about a column or subject that the metric reads.
 */
export async function readTouchingGaps(
  context: ReadContext,
  definition: {
    readonly subject: string;
    readonly columns: readonly PropertyKey[];
    readonly alsoShown?: readonly string[];
  },
  repositoryExternalId: string | null,
): Promise<string[]> {
  // Actions are written here: what a source left out cannot be missing among them.
  if (definition.subject === 'action') return [];
  const { workspaceId } = context;
  const read = JSON.stringify([
    definition.subject,
    ...(definition.alsoShown ?? []),
    ...definition.columns.map(String),
  ]);
  // The repository that the gap's scope is, as the leading source names it; null for other scopes.
  const rows = await queryTuples<[string]>(
    context.store.read,
    sql`
    select distinct g.code from ${allGaps(workspaceId)} g
    left join repositories r on r.workspace_id = ${workspaceId} and r.source = g.source
      and r.external_id = g.scope_external_id
    left join repository_leads f on f.workspace_id = ${workspaceId} and f.source = g.source
      and f.repository_external_id = g.scope_external_id
    where (g.touches is null or exists (select 1 from json_each(g.touches) touched
        where touched.value in (select value from json_each(${read}))))
      and (f.source is null or g.stream = ${leadStream})
      and (r.id is null or (
        ${repositoryExternalId === null ? sql`true` : sql`coalesce(f.lead_repository_external_id, r.external_id) = ${repositoryExternalId}`}
        and ${ownedByTeam(context, 'r.external_id', 'r.source')}))
    order by g.code`,
  );
  return rows.map(([code]) => code);
}
