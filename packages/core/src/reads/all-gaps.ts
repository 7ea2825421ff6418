import { type SQL, sql } from 'drizzle-orm';
import type { Bindable } from '../store/prepared-query.ts';

/**
 * Returns a query for every gap of a workspace: those that sources told of, and one for each stream that
 * is not read to its end yet or whose last pass failed. These follow from where the stream stands, so
 * they go by themselves when it is read.
 */
export function allGaps(workspaceId: Bindable): SQL {
  return sql`(select source, scope_external_id, stream, code, message, affected_count, touches
      from gaps where workspace_id = ${workspaceId}
    union all
    select source, scope_external_id, stream,
      case when last_error is null then 'not_read_to_the_end' else 'last_pass_failed' end,
      case when last_error is null
        then 'The ' || stream || ' are not read to their end yet: some of them are missing.'
        else 'The last reading of ' || stream || ' failed: what came since may be missing.' end,
      null, null
      from sync_cursors where workspace_id = ${workspaceId}
        and (complete = 0 or last_error is not null))`;
}
