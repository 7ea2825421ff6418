import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Bindable } from '../store/prepared-query.ts';

export const aiMarkSchema = z.object({
  class: z.string(),
  tool: z.string().nullable(),
  origin: z.string(),
});

/** The row whose marks are wanted: SQL of its source, its own id and its commit. */
export interface MarkedRow {
  source: SQL;
  externalId: SQL;
  sha: SQL;
}

/**
 * Returns the expression of a row's marks as a JSON array. A commit is the same commit in whatever
 * source it was seen, so its marks are found by sha; those of the same merge that another source made
 * a pull request of are this one's too. CROSS JOIN holds SQLite to looking each subject up; it would
 * rather read every mark there is.
 */
export function marksOf(workspaceId: Bindable, { source, externalId, sha }: MarkedRow): SQL {
  return sql`(select json_group_array(json_object('class', class, 'tool', tool, 'origin', origin))
    from (select e.class, e.tool, e.origin from (
      select null as source, ${sha} as id
      union all select null, l.sha from pull_request_commits l where l.workspace_id = ${workspaceId}
        and l.source = ${source} and l.pull_request_external_id = ${externalId}
      union all select ${source}, ${externalId}
      union all select p.source, p.external_id from pull_requests p
        where p.workspace_id = ${workspaceId} and p.merge_sha = ${sha}) s
    cross join ai_evidence e on e.workspace_id = ${workspaceId} and e.subject_external_id = s.id
      and (s.source is null or e.source = s.source)
    group by 1, 2, 3 order by 1, 2, 3))`;
}
