import { sql } from 'drizzle-orm';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { IndexLag } from './lag-figures.ts';
import type { SearchKind } from './search-index.ts';

/** How far back it is looked. @unit milliseconds */
export const lagWindowMs = 86_400_000;

/**
 * Returns how long what was written in the last day, or another time, waited to be indexed (`index_lag_ms`).
 * Of a past instant it tells what is still known: of what was written anew since, the last time alone.
 */
export async function readIndexLag(
  store: Store,
  workspaceId: string,
  now: number,
  { kind, windowMs = lagWindowMs }: { kind?: SearchKind; windowMs?: number } = {},
): Promise<IndexLag> {
  const ofKind = kind === undefined ? sql`true` : sql`kind = ${kind}`;
  // Of a past instant: what was indexed since then waited still.
  const indexedAt = sql`case when indexed_at <= ${now} then indexed_at end`;
  const recent = sql`from search_marks where workspace_id = ${workspaceId} and ${ofKind}
    and submitted_at <= ${now} and (indexed_at is null or indexed_at >= ${now - windowMs})`;
  const [counts] = await queryTuples<[number, number, number | null]>(
    store.read,
    sql`select count(*), coalesce(sum(${indexedAt} is null), 0),
      min(case when ${indexedAt} is null then submitted_at end) ${recent}`,
  );
  const [sampleSize = 0, waiting = 0, oldestWaitingSince = null] = counts ?? [];
  if (sampleSize === 0) return { p95Ms: null, sampleSize, waiting, oldestWaitingSince };
  await yieldToEventLoop();
  const [lag] = await queryTuples<[number]>(
    store.read,
    sql`select max(0, coalesce(${indexedAt}, ${now}) - submitted_at) as lag ${recent}
      order by lag limit 1 offset ${Math.ceil(sampleSize * 0.95) - 1}`,
  );
  await yieldToEventLoop();
  return { p95Ms: lag?.[0] ?? null, sampleSize, waiting, oldestWaitingSince };
}
