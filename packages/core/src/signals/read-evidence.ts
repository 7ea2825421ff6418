import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import type { SignalEvidenceRow } from './handle.ts';

const rowSchema = z.object({
  id: z.string(),
  kind: z.string(),
  key: z.string().nullable(),
  at: z.number().nullable(),
});

/** How a row of each table is named, and when it happened. No person stands in it. */
const tablesOfEvidence: readonly { table: SQL; kind: string; key: SQL; at: SQL }[] = [
  {
    table: sql`pull_requests`,
    kind: 'pull request',
    key: sql`coalesce((select coalesce(r.full_name, r.name) from repositories r
      where r.workspace_id = e.workspace_id and r.source = e.source
        and r.external_id = e.repository_external_id), e.repository_external_id)
      || '#' || coalesce(e.number, substr(e.external_id, 1, 12))`,
    at: sql`e.opened_at`,
  },
  {
    table: sql`pull_request_events`,
    kind: 'event',
    key: sql`replace(e.kind, '_', ' ') || coalesce(': ' || replace(e.state, '_', ' '), '')`,
    at: sql`e.at`,
  },
  { table: sql`commits`, kind: 'commit', key: sql`substr(e.sha, 1, 12)`, at: sql`e.committed_at` },
  { table: sql`work_items`, kind: 'work item', key: sql`e.key`, at: sql`e.created_at` },
  { table: sql`work_item_changes`, kind: 'change', key: sql`e.field`, at: sql`e.at` },
  { table: sql`sprints`, kind: 'sprint', key: sql`e.name`, at: sql`e.started_at` },
  { table: sql`chat_threads`, kind: 'thread', key: sql`null`, at: sql`e.started_at` },
  { table: sql`pipeline_runs`, kind: 'run', key: sql`e.name`, at: sql`e.finished_at` },
  { table: sql`pipeline_jobs`, kind: 'job', key: sql`e.name`, at: sql`e.finished_at` },
  { table: sql`deployments`, kind: 'deployment', key: sql`e.environment`, at: sql`e.finished_at` },
  { table: sql`incidents`, kind: 'incident', key: sql`e.external_id`, at: sql`e.created_at` },
  { table: sql`actions`, kind: 'action', key: sql`e.type`, at: sql`e.created_at` },
];

/** Returns the rows that a finding follows from, each as people name it; null of what is no row. */
export async function readEvidence(
  { store, workspaceId }: ReadContext,
  ids: readonly string[],
): Promise<SignalEvidenceRow[]> {
  const asked = JSON.stringify(ids);
  const parts = tablesOfEvidence.map(
    ({ table, kind, key, at }) => sql`select e.id as id, ${kind} as kind, ${key} as key, ${at} as at
      from json_each(${asked}) asked cross join ${table} e
        on e.id = asked.value and e.workspace_id = ${workspaceId}`,
  );
  const rows = await readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql.join(parts, sql` union all `),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? { id, kind: null, key: null, at: null });
}
