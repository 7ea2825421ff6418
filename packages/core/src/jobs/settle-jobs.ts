import { and, eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { findWaitingTwin } from './enqueue-job.ts';

const { jobs } = tables;

export type JobRow = typeof jobs.$inferSelect;

/** How a run of a job ended. */
export type JobOutcome =
  | { kind: 'done' }
  | { kind: 'again'; runAt: number }
  /** The worker stops, or the store fails: the job goes back as if it had not been taken. */
  | { kind: 'released'; runAt?: number }
  | { kind: 'failed'; error: string; retryAt: number };

export interface SettledJob {
  job: JobRow;
  outcome: JobOutcome;
}

/** Writes how a run ended. Where another worker has taken the job in the meantime, nothing changes. */
export async function settleJob(
  transaction: Database,
  { job, outcome }: SettledJob,
  now: number,
): Promise<void> {
  const [present] = await transaction
    .select({ attempts: jobs.attempts })
    .from(jobs)
    .where(and(eq(jobs.id, job.id), eq(jobs.status, 'running'), eq(jobs.fence, job.fence)));
  if (present === undefined) return;
  switch (outcome.kind) {
    case 'done':
      return finish(transaction, job, 'done', null, now);
    case 'again':
      return putBack(transaction, job, { runAt: outcome.runAt, attempts: 0, error: null }, now);
    case 'released': {
      const attempts = Math.max(0, job.attempts - 1);
      const runAt = outcome.runAt ?? now;
      return putBack(transaction, job, { runAt, attempts, error: job.lastError }, now);
    }
    case 'failed':
      return failJob(transaction, job, outcome, now);
  }
}

/** Lets a job wait for its next attempt, or puts it among the dead when it has had them all. */
export async function failJob(
  transaction: Database,
  job: JobRow,
  { error, retryAt }: { error: string; retryAt: number },
  now: number,
): Promise<void> {
  if (job.attempts < job.maxAttempts) {
    return putBack(transaction, job, { runAt: retryAt, attempts: job.attempts, error }, now);
  }
  await finish(transaction, job, 'dead', error, now);
}

/**
 * Lets a job wait again. Where another with its key already waits, that one takes its place and its
 * count of attempts, so that a key never waits twice and what always fails still dies.
 */
export async function putBack(
  transaction: Database,
  job: JobRow,
  next: { runAt: number; attempts: number; error: string | null },
  now: number,
): Promise<void> {
  const twin = await findWaitingTwin(transaction, job.workspaceId, job.dedupeKey);
  if (twin === null) {
    await transaction
      .update(jobs)
      .set({
        status: 'queued',
        runAt: next.runAt,
        attempts: next.attempts,
        lastError: next.error,
        holder: null,
        leaseExpiresAt: null,
        finishedAt: null,
      })
      .where(eq(jobs.id, job.id));
    return;
  }
  await transaction
    .update(jobs)
    .set({
      runAt: Math.min(twin.runAt, next.runAt),
      attempts: Math.max(twin.attempts, next.attempts),
    })
    .where(eq(jobs.id, twin.id));
  await finish(transaction, job, 'done', next.error, now);
}

async function finish(
  transaction: Database,
  job: JobRow,
  status: 'done' | 'dead',
  lastError: string | null,
  now: number,
): Promise<void> {
  await transaction
    .update(jobs)
    .set({ status, lastError, finishedAt: now, holder: null, leaseExpiresAt: null })
    .where(eq(jobs.id, job.id));
}
