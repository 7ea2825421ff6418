import { sql } from 'drizzle-orm';
import { queryTuples } from '../../store/raw-query.ts';
import { keyText } from './key-text.ts';
import type { SubjectLoader } from './subject-source.ts';

type Row = [string, string, string, string, number | null, string | null, number];

/** Returns every stream that was ever begun, by source, scope and name. */
export const loadStreams: SubjectLoader<'stream'> = async (context) => {
  const { now } = context;
  const { store, workspaceId } = context.read;
  const rows = await queryTuples<Row>(
    store.read,
    sql`select c.source, c.scope_external_id, coalesce(s.name, c.scope_external_id), c.stream,
        c.last_finished_at, c.last_error, coalesce(o.active, 0)
      from sync_cursors c
      left join scopes s on s.workspace_id = c.workspace_id and s.source = c.source
        and s.external_id = c.scope_external_id
      left join sources o on o.workspace_id = c.workspace_id and o.source = c.source
      where c.workspace_id = ${workspaceId} order by 1, 2, 4`,
  );
  return rows.map(([source, scopeId, scope, stream, lastReadAt, lastError, active]) => {
    const id = `${source}:${scopeId}:${stream}`;
    return {
      id,
      key: `${source} ${stream}${scope === '' ? '' : ` of ${keyText(scope)}`}`,
      title: null,
      repository: null,
      teamId: null,
      asOf: now,
      evidence: [id],
      source,
      stream,
      lastReadAt,
      staleHours: context.hoursSince(lastReadAt, now),
      hasFailed: lastError !== null,
      isActive: active === 1,
    };
  });
};
