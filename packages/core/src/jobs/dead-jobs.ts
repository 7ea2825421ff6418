import { and, desc, eq } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { DeadJob } from './job-runner.ts';
import { putBack } from './settle-jobs.ts';

const { jobs } = tables;

const mostDeadListed = 1_000;

/** Returns the jobs that failed at every attempt, the latest first. */
export async function listDeadJobs(database: Database, workspaceId: string): Promise<DeadJob[]> {
  const rows = await database
    .select()
    .from(jobs)
    .where(and(eq(jobs.status, 'dead'), eq(jobs.workspaceId, workspaceId)))
    .orderBy(desc(jobs.finishedAt), desc(jobs.id))
    .limit(mostDeadListed);
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspaceId,
    kind: row.kind,
    subjectId: row.subjectId,
    attempts: row.attempts,
    lastError: row.lastError,
    finishedAt: row.finishedAt ?? row.createdAt,
  }));
}

/** Lets a dead job run again, with all its attempts. @throws AdjutantError `NotFound` */
export async function redriveJob(
  transaction: Database,
  { jobId, actor, now }: { jobId: string; actor: string; now: number },
): Promise<void> {
  const [job] = await transaction
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.status, 'dead')));
  if (job === undefined) {
    throw new AdjutantError('NotFound', 'No dead job has this id.', {
      hint: 'List the dead jobs: it may have been put back already.',
    });
  }
  await putBack(transaction, job, { runAt: now, attempts: 0, error: job.lastError }, now);
  await appendAuditEntry(transaction, {
    workspaceId: job.workspaceId,
    at: now,
    actor,
    event: 'job.redriven',
    subject: job.subjectId,
    detail: { jobId: job.id, kind: job.kind },
  });
}
