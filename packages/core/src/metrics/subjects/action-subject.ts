import { sql } from 'drizzle-orm';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/**
 * One row per decided action, read as `actions.statistics` reads it: since when it waited, who or
 * what settled it, and whether a person changed it first. Nothing names the person. An action
 * belongs to the workspace: a team or a repository has none.
 */
export const actionSubject: SubjectLoader = ({ workspaceId, teamId }) => ({
  from: sql`(select a.id, 'adjutant' as source, a.workspace_id, a.type, a.decided_at,
      (select min(r.prepared_at) from action_revisions r
        where r.workspace_id = a.workspace_id and r.action_id = a.id) as prepared_at,
      coalesce(substr(a.decided_by, 1, 7) = 'policy:', 0) as by_policy,
      case a.status when 'declined' then 'decline' else 'approve' end as verdict,
      exists (select 1 from action_revisions r where r.workspace_id = a.workspace_id
        and r.action_id = a.id and r.revision >= 2 and r.author <> 'policy') as modified
    from actions a where a.workspace_id = ${workspaceId} and a.decided_at is not null) f`,
  where: teamId === null ? sql`f.workspace_id = ${workspaceId}` : sql`false`,
  repositoryColumn: null,
  columnOf: columnOfField,
  chunkSize: 20_000,
});
