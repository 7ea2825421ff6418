import { queryTuples } from '../store/raw-query.ts';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { isLeaseHeld } from '../store/lease.ts';
import { tables } from '../store/tables.ts';
import type { SourceStatus, SyncStatus } from '../workspace/handle.ts';
import { readAnswerMeta } from './answer-meta.ts';
import type { ReadContext } from './read-context.ts';

const { refreshRequests, scopes, sourcePasses, sources, syncCursors } = tables;

/** The lease that a process holds while it works through refresh requests. */
export const workerLeaseName = 'worker';

const countedTables = [
  'repositories',
  'commits',
  'pull_requests',
  'releases',
  'deployments',
  'people',
  'accounts',
  'ai_evidence',
  'raw_records',
] as const;

/** Returns where each stream stands, how many rows there are, and whether anybody is syncing. */
export async function readSyncStatus(
  context: ReadContext,
  { rowCounts: areCounted = true }: { rowCounts?: boolean | undefined } = {},
): Promise<SyncStatus> {
  const { store, workspaceId, clock } = context;
  const rows = await store.read
    .select({ cursor: syncCursors, scopeName: scopes.name })
    .from(syncCursors)
    .leftJoin(
      scopes,
      and(
        eq(scopes.workspaceId, syncCursors.workspaceId),
        eq(scopes.source, syncCursors.source),
        eq(scopes.externalId, syncCursors.scopeExternalId),
      ),
    )
    .where(eq(syncCursors.workspaceId, workspaceId))
    .orderBy(syncCursors.source, syncCursors.scopeExternalId, syncCursors.stream);
  const [pending] = await store.read
    .select({ id: refreshRequests.id })
    .from(refreshRequests)
    .where(and(eq(refreshRequests.workspaceId, workspaceId), isNull(refreshRequests.doneAt)))
    .limit(1);
  const rowCounts: Record<string, number> = {};
  for (const table of areCounted ? countedTables : []) {
    const [count] = await queryTuples<[number]>(
      store.read,
      sql`select count(*) from ${sql.raw(table)} where workspace_id = ${workspaceId}`,
    );
    rowCounts[table] = count?.[0] ?? 0;
  }
  return {
    streams: rows.map(({ cursor, scopeName }) => ({
      source: cursor.source,
      scope: scopeName ?? cursor.scopeExternalId,
      stream: cursor.stream,
      complete: cursor.complete,
      lastStartedAt: cursor.lastStartedAt,
      lastFinishedAt: cursor.lastFinishedAt,
      lastError: cursor.lastError,
    })),
    sources: await readSources(context),
    rowCounts,
    pendingRefresh: pending !== undefined,
    worker: await readWorker(context, clock.now()),
    meta: await readAnswerMeta(context),
  };
}

/** One that the configuration no longer names is not told of. */
async function readSources({ store, workspaceId, clock }: ReadContext): Promise<SourceStatus[]> {
  const rows = await store.read
    .select({ pass: sourcePasses, active: sources.active })
    .from(sourcePasses)
    .leftJoin(
      sources,
      and(eq(sources.workspaceId, workspaceId), eq(sources.source, sourcePasses.source)),
    )
    .where(eq(sourcePasses.workspaceId, workspaceId))
    .orderBy(sourcePasses.source);
  return rows.flatMap(({ pass, active }) => {
    if (active === false) return [];
    const { noticeCode: code, noticeMessage: message, noticeHint: hint, waitsUntil } = pass;
    return {
      source: pass.source,
      requests: pass.requests,
      quotaRemaining: pass.quotaRemaining,
      quotaLimit: pass.quotaLimit,
      waitsUntil: waitsUntil !== null && waitsUntil > clock.now() ? waitsUntil : null,
      notice: code === null || message === null ? null : { code, message, hint },
      updatedAt: pass.updatedAt,
    };
  });
}

/** Returns whether a process that syncs is alive, and how to start one. */
export async function readWorker(context: ReadContext, now: number): Promise<SyncStatus['worker']> {
  const running = await isLeaseHeld(context.store.read, context.workspaceId, workerLeaseName, now);
  return { running, start: 'adjutant sync --every 15m' };
}
