import { and, eq } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type ReportVisibility, reportVisibilitySchema, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { ReportSummary } from './handle.ts';
import { requireOwnReport } from './report-access.ts';
import { forgetReport, indexReports, markReport } from './report-index.ts';
import { toSummary } from './report-summary.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import { forgetWords } from '../search/forget-words.ts';
import type { Database } from '../store/database.ts';

const { progressReports, progressReportRevisions } = tables;

/** Lets colleagues read a report, or no longer. */
export async function shareReport(
  context: ReadContext,
  reportId: string,
  visibility: ReportVisibility = 'team',
): Promise<ReportSummary> {
  const wanted = parseInput(reportVisibilitySchema, visibility);
  const { id } = await requireOwnReport(context, reportId, 'share');
  const { workspaceId, viewer, clock } = context;
  const row = await context.store.transaction(async (transaction) => {
    const [changed] = await transaction
      .update(progressReports)
      .set({ visibility: wanted })
      .where(and(eq(progressReports.workspaceId, workspaceId), eq(progressReports.id, id)))
      .returning();
    if (changed === undefined) {
      throw new AdjutantError('NotFound', 'The report was deleted meanwhile.');
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: wanted === 'team' ? 'report.shared' : 'report.unshared',
      subject: id,
      detail: { revision: changed.revision },
    });
    await markReport(transaction, context, id);
    return changed;
  });
  await indexReports(context);
  return toSummary(context, row);
}

/** Removes a report with everything it ever said. The ledger keeps that there was one. */
export async function deleteReport(context: ReadContext, reportId: string): Promise<void> {
  const report = await requireOwnReport(context, reportId, 'delete');
  const { store } = context;
  await clearingTransaction(store, (transaction) => eraseReport(transaction, context, report));
  // Its words are merged away with its mark; what a crash leaves undone of that, whoever indexes next does.
  const isForgotten = await indexReports(context);
  // Another process may index at this moment, and an index outside of the store may be away.
  if (!isForgotten) await forgetWords(store);
}

/** Removes the rows of a report in one transaction, which leaves its words to be merged away and marks that. */
export async function eraseReport(
  transaction: Database,
  context: Pick<ReadContext, 'workspaceId' | 'clock' | 'viewer'>,
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  const { workspaceId, viewer, clock } = context;
  await forgetReport(transaction, context, id);
  await transaction
    .delete(progressReportRevisions)
    .where(
      and(
        eq(progressReportRevisions.workspaceId, workspaceId),
        eq(progressReportRevisions.reportId, id),
      ),
    );
  await transaction
    .delete(progressReports)
    .where(and(eq(progressReports.workspaceId, workspaceId), eq(progressReports.id, id)));
  await appendAuditEntry(transaction, {
    workspaceId,
    at: clock.now(),
    actor: viewerLabel(viewer),
    event: 'report.deleted',
    subject: id,
    detail: { revision },
  });
}
