import { sql } from 'drizzle-orm';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';

/** Pages of the index that are merged in one go: a few milliseconds of work. */
const pagesInOneGo = 100;

/**
 * Merges the full-text table, which otherwise keeps the words of what was deleted until it merges
 * them by itself, and empties the log, in which they may stand, too.
 */
export async function forgetWords(store: Store): Promise<void> {
  // The first of them says that all there is becomes one piece; those that follow go on with it.
  for (let pages = -pagesInOneGo; ; pages = pagesInOneGo) {
    const changed = await clearingTransaction(store, (transaction) =>
      mergeWords(transaction, pages),
    );
    // One that finds nothing left to merge changes no more than its own counter.
    if (changed < 2) break;
    await yieldToEventLoop();
  }
  await store.emptyLog();
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
