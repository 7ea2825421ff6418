import { sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';

const dayMs = 86_400_000;

/** How long reports of the last day took until they could be found, or have been waiting. */
export interface IndexLag {
  /** Null where no report was submitted. @unit milliseconds */
  p95Ms: number | null;
  /** The longest so far. @unit milliseconds */
  longestMs: number | null;
  sampleSize: number;
  /** Reports that cannot be found yet. */
  waiting: number;
}

/**
 * Returns the lag of the index over the revisions of the last day and over all that wait. One that
 * waits counts with the time that it has waited, so that a worker that stands still is seen.
 */
export async function readIndexLag({
  store,
  workspaceId,
  clock,
}: Pick<ReadContext, 'store' | 'workspaceId' | 'clock'>): Promise<IndexLag> {
  const now = clock.now();
  const rows = await queryTuples<[number, number]>(
    store.read,
    sql`select coalesce(indexed_at, ${now}) - updated_at as lag, indexed_at is null
      from progress_reports
      where workspace_id = ${workspaceId}
        and (updated_at >= ${now - dayMs} or indexed_at is null) order by lag`,
  );
  const lags = rows.map(([lag]) => Math.max(0, lag));
  return {
    // Nearest rank: the value that 95 of 100 do not exceed.
    p95Ms: lags[Math.ceil(lags.length * 0.95) - 1] ?? null,
    longestMs: lags.at(-1) ?? null,
    sampleSize: lags.length,
    waiting: rows.filter(([, waits]) => waits === 1).length,
  };
}
