import { and, asc, eq, inArray } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { progressReportRevisions } = tables;

/** Earlier words beyond these go: a loop must not fill the store. */
const mostRevisions = 50;

/**
 * Drops the oldest of what a report said before, what came from assistants first. An assistant never
 * makes anything else go: where all that is kept came otherwise, nothing is written.
 * @throws AdjutantError `Conflict`
 */
export async function dropRevisions(
  transaction: Database,
  { workspaceId, viewer }: Pick<ReadContext, 'workspaceId' | 'viewer'>,
  reportId: string,
): Promise<void> {
  const ofReport = and(
    eq(progressReportRevisions.workspaceId, workspaceId),
    eq(progressReportRevisions.reportId, reportId),
  );
  const kept = await transaction
    .select({
      revision: progressReportRevisions.revision,
      via: progressReportRevisions.submittedVia,
    })
    .from(progressReportRevisions)
    .where(ofReport)
    .orderBy(asc(progressReportRevisions.revision));
  const excess = kept.length - mostRevisions;
  if (excess <= 0) return;
  const ofAssistants = kept.filter(({ via }) => via === 'mcp');
  if (viewer.kind === 'agent' && ofAssistants.length < excess) {
    throw new AdjutantError('Conflict', 'The report has as many revisions as are kept.', {
      hint: 'Its author can still change it: adjutant report add. An assistant drops nothing that a person wrote.',
    });
  }
  const others = kept.filter(({ via }) => via !== 'mcp');
  const dropped = [...ofAssistants, ...others].slice(0, excess);
  await transaction.delete(progressReportRevisions).where(
    and(
      ofReport,
      inArray(
        progressReportRevisions.revision,
        dropped.map(({ revision }) => revision),
      ),
    ),
  );
}
