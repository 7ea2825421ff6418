import { type SQL, sql } from 'drizzle-orm';
import { runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';

const rowsPerTransaction = 2_000;

/** Takes weekly values away, some at a time. */
export async function removeRollups(
  store: Store,
  workspaceId: string,
  condition: SQL,
): Promise<void> {
  for (;;) {
    const removed = await store.transaction((transaction) =>
      runStatement(
        transaction,
        sql`delete from metric_rollups where rowid in (select rowid from metric_rollups
          where workspace_id = ${workspaceId} and ${condition} limit ${rowsPerTransaction})`,
      ),
    );
    if (removed < rowsPerTransaction) return;
    await yieldToEventLoop();
  }
}
