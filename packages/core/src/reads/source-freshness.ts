import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SourceFreshness } from '../operations/operating-figures.ts';
import { queryPreparedRow } from '../store/prepared-query.ts';
import type { Store } from '../store/store.ts';

const freshnessSchema = z.array(z.tuple([z.string(), z.number().nullable()]));

/** Returns how fresh each source is, in one read: whoever watches over a process asks every few seconds. */
export async function readSourceFreshness(
  store: Store,
  workspaceId: string,
): Promise<SourceFreshness[]> {
  const row = await queryPreparedRow(store.read, 'freshness', freshnessQuery, { workspaceId });
  const [text] = row ?? [];
  return freshnessSchema
    .parse(JSON.parse(typeof text === 'string' ? text : '[]'))
    .map(([source, oldestFinishedAt]) => ({ source, oldestFinishedAt }));
}

function freshnessQuery() {
  const oldest = sql`case when count(*) = count(last_finished_at) then min(last_finished_at) end`;
  const columns = { all: sql`json_group_array(json_array(s.source, s.oldest))` };
  const from = sql`(select source, ${oldest} as oldest from sync_cursors
    where workspace_id = ${sql.placeholder('workspaceId')} group by source order by source) s`;
  return { columns, from };
}
