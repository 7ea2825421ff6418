import { sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { indexWaiting } from '../search/refresh-search.ts';
import { markForSearch } from '../search/search-marks.ts';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { reportFeed } from './report-feed.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';

/** Pages of the index that are merged in one go: a few milliseconds of work. */
const pagesInOneGo = 100;

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
 * Makes what waits be found, right after it was written. It never fails: what an index cannot take now
 * waits for the worker, and the lag of the index tells of it.
 */
export async function indexReports({
  store,
  workspaceId,
  clock,
  searchIndex,
}: Pick<ReadContext, 'store' | 'workspaceId' | 'clock' | 'searchIndex'>): Promise<void> {
  if (searchIndex === undefined) return;
  const deps = { store, workspaceId, clock, index: searchIndex, feeds: [reportFeed] };
  await indexWaiting(deps).catch(() => undefined);
}

/** Takes a report out of the index of the store in the transaction that deletes it. */
export async function forgetReport(
  transaction: Database,
  context: ReadContext,
  reportId: string,
): Promise<void> {
  await runStatement(
    transaction,
    sql`delete from search_entries where workspace_id = ${context.workspaceId}
      and kind = 'report' and source = '' and external_id = ${reportId}`,
  );
  // An index outside of the store hears of it from the mark.
  await markReport(transaction, context, reportId);
}

/**
 * Merges the full-text table, which otherwise keeps the words of what was deleted until it merges
 * them by itself.
 */
export async function forgetWords(store: Store): Promise<void> {
  // The first of them says that all there is becomes one piece; those that follow go on with it.
  for (let pages = -pagesInOneGo; ; pages = pagesInOneGo) {
    const changed = await clearingTransaction(store, (transaction) =>
      mergeWords(transaction, pages),
    );
    // One that finds nothing left to merge changes no more than its own counter.
    if (changed < 2) return;
    await yieldToEventLoop();
  }
}

async function mergeWords(transaction: Database, pages: number): Promise<number> {
  const before = await totalChanges(transaction);
  await runStatement(
    transaction,
    sql`insert into search_words (search_words, rank) values ('merge', ${pages})`,
  );
  return (await totalChanges(transaction)) - before;
}

async function totalChanges(transaction: Database): Promise<number> {
  const [row] = await queryTuples<[number]>(transaction, sql`select total_changes()`);
  return row?.[0] ?? 0;
}
