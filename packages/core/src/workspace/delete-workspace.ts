import { runStatement } from '../store/raw-query.ts';
import { getTableName, sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { forgetTouched } from '../store/seal-rows.ts';
import type { Store } from '../store/store.ts';
import { type Tables, tables } from '../store/tables.ts';

/** Removes a workspace and every row of it, ledger included, and nothing of any other. */
export async function deleteWorkspace(
  store: Store,
  workspaceId: string,
  clock: Clock,
): Promise<void> {
  await store.transaction(async (transaction) => {
    // The ledger lets rows go only while their workspace is marked as going.
    await runStatement(
      transaction,
      sql`update workspaces set deleting_at = ${clock.now()} where id = ${workspaceId}`,
    );
    for (const name of Object.keys(tables) as (keyof Tables)[]) {
      if (name === 'workspaces' || name === 'schemaVersion') continue;
      await runStatement(
        transaction,
        sql`delete from ${sql.raw(`"${getTableName(tables[name])}"`)} where workspace_id = ${workspaceId}`,
      );
    }
    await forgetTouched(transaction, workspaceId);
    await runStatement(transaction, sql`delete from workspaces where id = ${workspaceId}`);
  });
}
