import { and, eq } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { NewJob } from './job-runner.ts';

const { jobs } = tables;

/** So often a job is tried unless told: with the default backoff, for about ten minutes. */
export const defaultMaxAttempts = 10;

/**
 * Adds a job in the caller's transaction. While one with the same key waits, none is added; the
 * waiting one is moved forward where the new one is to run earlier.
 * @throws AdjutantError `InvalidInput`
 */
export async function enqueueJob(transaction: Database, job: NewJob, now: number): Promise<void> {
  const runAt = job.runAt ?? now;
  const maxAttempts = job.maxAttempts ?? defaultMaxAttempts;
  if (!Number.isSafeInteger(runAt) || !Number.isSafeInteger(maxAttempts) || maxAttempts < 1) {
    throw new AdjutantError(
      'InvalidInput',
      `A job of kind "${job.kind}" has an unusable runAt or maxAttempts.`,
      { hint: 'Give runAt in whole epoch milliseconds, and at least one attempt.' },
    );
  }
  const twin = await findWaitingTwin(transaction, job.workspaceId, job.dedupeKey ?? null);
  if (twin !== null) {
    if (runAt < twin.runAt) {
      await transaction.update(jobs).set({ runAt }).where(eq(jobs.id, twin.id));
    }
    return;
  }
  await transaction.insert(jobs).values({
    id: createIdentifier(),
    workspaceId: job.workspaceId,
    kind: job.kind,
    subjectId: job.subjectId,
    groupKey: groupOf(job),
    dedupeKey: job.dedupeKey ?? null,
    status: 'queued',
    runAt,
    attempts: 0,
    maxAttempts,
    fence: 0,
    createdAt: now,
  });
}

/** A group is one of its workspace: two workspaces that name a group alike do not share turns. */
function groupOf({ workspaceId, groupKey }: NewJob): string {
  return groupKey === undefined ? workspaceId : `${workspaceId}/${groupKey}`;
}

/** Returns the waiting job that has this key, or null. */
export async function findWaitingTwin(
  transaction: Database,
  workspaceId: string,
  dedupeKey: string | null,
): Promise<{ id: string; runAt: number; attempts: number } | null> {
  if (dedupeKey === null) return null;
  const [twin] = await transaction
    .select({ id: jobs.id, runAt: jobs.runAt, attempts: jobs.attempts })
    .from(jobs)
    .where(
      and(
        eq(jobs.workspaceId, workspaceId),
        eq(jobs.dedupeKey, dedupeKey),
        eq(jobs.status, 'queued'),
      ),
    )
    .limit(1);
  return twin ?? null;
}
