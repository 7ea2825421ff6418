import { sql } from 'drizzle-orm';
import { forgetReport } from '../reports/report-index.ts';
import type { Clock } from '../clock.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';

/** Rows that are about one person and nothing else, with the column that says about whom. */
const ownTables = [
  ['report_reminders', 'person_id'],
  ['declared_hours', 'person_id'],
  ['contact_preferences', 'person_id'],
  ['outward_contacts', 'person_id'],
  ['page_sessions', 'person_id'],
  ['login_links', 'person_id'],
  ['challenges', 'person_id'],
  ['authenticator_requests', 'person_id'],
] as const;

/** Deletes what these people said and what is about nobody else, and returns how many rows that were. */
export async function deleteOwnRows(
  deps: { store: Store; workspaceId: string; clock: Clock },
  personIds: readonly string[],
): Promise<number> {
  const { store, workspaceId } = deps;
  const listed = JSON.stringify(personIds);
  return clearingTransaction(store, async (transaction) => {
    const reports = await queryTuples<[string]>(
      transaction,
      sql`select id from progress_reports where workspace_id = ${workspaceId}
        and author_person_id in (select value from json_each(${listed}))`,
    );
    let deleted = 0;
    for (const [id] of reports) {
      await forgetReport(transaction, deps, id);
      deleted += await runStatement(
        transaction,
        sql`delete from progress_report_revisions
          where workspace_id = ${workspaceId} and report_id = ${id}`,
      );
      deleted += await runStatement(
        transaction,
        sql`delete from progress_reports where workspace_id = ${workspaceId} and id = ${id}`,
      );
    }
    for (const [table, column] of ownTables) {
      deleted += await runStatement(
        transaction,
        sql`delete from ${sql.raw(table)} where workspace_id = ${workspaceId}
          and ${sql.raw(column)} in (select value from json_each(${listed}))`,
      );
    }
    await runStatement(
      transaction,
      sql`update authenticators set label = 'erased' where workspace_id = ${workspaceId}
        and person_id in (select value from json_each(${listed}))`,
    );
    return deleted;
  });
}
