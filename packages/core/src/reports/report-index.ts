import { sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { indexWaiting } from '../search/refresh-search.ts';
import { markForSearch } from '../search/search-marks.ts';
import type { Database } from '../store/database.ts';
import { runStatement } from '../store/raw-query.ts';
import { reportFeed } from './report-feed.ts';

/** Says in the transaction that a report is to be found as it is now. */
export async function markReport(
  transaction: Database,
  { workspaceId, clock }: Pick<ReadContext, 'workspaceId' | 'clock'>,
  reportId: string,
): Promise<void> {
  const keys = [{ source: '', externalId: reportId }];
  await markForSearch(transaction, workspaceId, 'report', keys, clock.now());
}

/**
 * Makes what waits be found, right after it was written, and returns whether it did. It never fails: what
 * an index cannot take now waits for the worker, and the lag of the index tells of it.
 */
export async function indexReports({
  store,
  workspaceId,
  clock,
  searchIndex,
}: Pick<ReadContext, 'store' | 'workspaceId' | 'clock' | 'searchIndex'>): Promise<boolean> {
  if (searchIndex === undefined) return false;
  const deps = { store, workspaceId, clock, index: searchIndex, feeds: [reportFeed] };
  return indexWaiting(deps).catch(() => false);
}

/** Takes a report out of the index of the store in the transaction that deletes it. */
export async function forgetReport(
  transaction: Database,
  context: Pick<ReadContext, 'workspaceId' | 'clock'>,
  reportId: string,
): Promise<void> {
  await runStatement(
    transaction,
    sql`delete from search_entries where workspace_id = ${context.workspaceId}
      and kind = 'report' and source = '' and external_id = ${reportId}`,
  );
  // An index outside of the store hears of it from the mark, and after a crash its words are merged away by it.
  await markReport(transaction, context, reportId);
}
