import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { leadStream } from '../leads/lead-gap.ts';
import type { Bindable } from '../store/prepared-query.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { AnswerMeta } from '../workspace/handle.ts';
import { allGaps } from './all-gaps.ts';
import type { ReadContext } from './read-context.ts';
import { leads } from './repositories.ts';

const gapNotesSchema = z.array(
  z
    .tuple([z.string(), z.string(), z.string(), z.string(), z.number().nullable()])
    .transform(([code, message, source, scope, affectedCount]) => ({
      code,
      message,
      source,
      scope,
      affectedCount,
    })),
);

/** What `readAnswerMeta` selects, for reads that fetch it along with their rows. */
export function answerMetaColumns(workspaceId: Bindable): SQL {
  const { syncedAt, gaps } = answerMetaFields(workspaceId);
  return sql`${syncedAt}, ${gaps}`;
}

/** The same, by name. What a repository lacks that another source leads touches no figure. */
export function answerMetaFields(workspaceId: Bindable): { syncedAt: SQL; gaps: SQL } {
  const syncedAt = sql`(select max(last_finished_at) from sync_cursors where workspace_id = ${workspaceId})`;
  const gaps = sql`(select json_group_array(json_array(code, message, source, scope, affected_count)) from (
      select g.code, g.message, g.source, coalesce(s.name, g.scope_external_id) as scope,
        g.affected_count
      from ${allGaps(workspaceId)} g left join scopes s on s.workspace_id = ${workspaceId}
        and s.source = g.source and s.external_id = g.scope_external_id
      where (g.stream = ${sql.raw(`'${leadStream}'`)}
          or ${leads(workspaceId, 'g.scope_external_id', 'g.source')})
      order by g.source, g.scope_external_id, g.stream, g.code))`;
  return { syncedAt, gaps };
}

/** Returns what the two columns of `answerMetaColumns` say. */
export function toAnswerMeta(now: number, syncedAt: number | null, gaps: string): AnswerMeta {
  return { asOf: now, syncedAt, gaps: gapNotesSchema.parse(JSON.parse(gaps)) };
}

/** Returns how fresh the workspace is and what is known to be missing from it. */
export async function readAnswerMeta(context: ReadContext): Promise<AnswerMeta> {
  const { store, workspaceId, clock } = context;
  const [row] = await queryTuples<[number | null, string]>(
    store.read,
    sql`select ${answerMetaColumns(workspaceId)}`,
  );
  return toAnswerMeta(clock.now(), row?.[0] ?? null, row?.[1] ?? '[]');
}
