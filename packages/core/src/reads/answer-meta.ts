import { and, eq, sql } from 'drizzle-orm';
import { tables } from '../store/tables.ts';
import type { AnswerMeta, GapNote } from '../workspace/handle.ts';
import type { ReadContext } from './read-context.ts';

const { gaps, scopes, syncCursors } = tables;

/** Returns how fresh the workspace is and what is known to be missing from it. */
export async function readAnswerMeta(context: ReadContext): Promise<AnswerMeta> {
  const { store, workspaceId, clock } = context;
  const [newest] = await store.read
    .select({ syncedAt: sql<number | null>`max(${syncCursors.lastFinishedAt})` })
    .from(syncCursors)
    .where(eq(syncCursors.workspaceId, workspaceId));
  return {
    asOf: clock.now(),
    syncedAt: newest?.syncedAt ?? null,
    gaps: await readGaps(context),
  };
}

async function readGaps(context: ReadContext): Promise<GapNote[]> {
  const rows = await context.store.read
    .select({ gap: gaps, scopeName: scopes.name })
    .from(gaps)
    .leftJoin(
      scopes,
      and(
        eq(scopes.workspaceId, gaps.workspaceId),
        eq(scopes.source, gaps.source),
        eq(scopes.externalId, gaps.scopeExternalId),
      ),
    )
    .where(eq(gaps.workspaceId, context.workspaceId))
    .orderBy(gaps.source, gaps.scopeExternalId, gaps.stream, gaps.code);
  return rows.map(({ gap, scopeName }) => ({
    code: gap.code,
    message: gap.message,
    source: gap.source,
    scope: scopeName ?? gap.scopeExternalId,
    affectedCount: gap.affectedCount,
  }));
}
