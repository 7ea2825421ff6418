import { sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import type { DomainRowKind } from '../store/domain-targets.ts';
import { runStatement } from '../store/raw-query.ts';
import type { CollectedRows } from '../sync/collect-rows.ts';
import type { SourceKey } from './search-feed.ts';
import type { SearchKind } from './search-index.ts';

/** The rows of sources that can be found, and as what. */
const foundRows: readonly (readonly [DomainRowKind, SearchKind])[] = [
  ['pullRequests', 'pull_request'],
  ['workItems', 'work_item'],
];

/**
 * Marks things to be indexed, in the transaction that wrote or deleted them, so that a crash loses
 * none. One that waits already keeps the time since which it has waited.
 */
export async function markForSearch(
  transaction: Database,
  workspaceId: string,
  kind: SearchKind,
  keys: readonly SourceKey[],
  at: number,
): Promise<void> {
  if (keys.length === 0) return;
  const listed = JSON.stringify(keys.map(({ source, externalId }) => [source, externalId]));
  await runStatement(
    transaction,
    sql`insert into search_marks (workspace_id, kind, source, external_id, submitted_at, indexed_at, times)
      select ${workspaceId}, ${kind}, value->>0, value->>1, ${at}, null, 1
      from json_each(${listed}) where true
      on conflict do update set
        submitted_at = case when indexed_at is null then submitted_at else excluded.submitted_at end,
        indexed_at = null, times = times + 1`,
  );
}

/** Marks the rows of a batch that can be found, of the kinds of which any changed; null for all kinds. */
export async function markRowsForSearch(
  transaction: Database,
  {
    workspaceId,
    source,
    clock,
  }: { workspaceId: string; source: string; clock: Pick<Clock, 'now'> },
  rows: CollectedRows,
  changed: ReadonlySet<DomainRowKind> | null,
): Promise<void> {
  for (const [rowKind, kind] of foundRows) {
    if (changed !== null && !changed.has(rowKind)) continue;
    const found = (rows.get(rowKind) ?? []) as readonly Readonly<Record<string, unknown>>[];
    const keys = found.map((row) => ({ source, externalId: String(row['externalId']) }));
    await markForSearch(transaction, workspaceId, kind, keys, clock.now());
  }
}
