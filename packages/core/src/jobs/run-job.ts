import { AdjutantError } from '../errors.ts';
import { troubleBackoff } from '../store/outlive-trouble.ts';
import { storeTroubleIn } from '../store/store-errors.ts';
import { backoffAfter } from './backoff.ts';
import { renewClaim } from './claim-jobs.ts';
import { errorText } from './error-text.ts';
import type { JobHandler } from './job-runner.ts';
import { keepRenewed } from './keep-renewed.ts';
import type { JobOutcome, JobRow } from './settle-jobs.ts';
import type { WorkerDeps } from './worker-deps.ts';

/**
 * Runs the handler of a claimed job and returns how it ended. While it runs its lease is renewed;
 * where another worker has taken the job, its signal aborts.
 */
export async function runJob(
  deps: WorkerDeps,
  job: JobRow,
  handler: JobHandler,
  stopping: AbortSignal,
): Promise<JobOutcome> {
  const lost = new AbortController();
  const ended = new AbortController();
  const renewing = keepClaim(deps, job, lost, ended.signal);
  try {
    const result = await handler({
      id: job.id,
      workspaceId: job.workspaceId,
      kind: job.kind,
      subjectId: job.subjectId,
      attempt: job.attempts,
      signal: AbortSignal.any([stopping, lost.signal]),
    });
    return result === undefined ? { kind: 'done' } : { kind: 'again', runAt: result.runAgainAt };
  } catch (error) {
    // Stopping is no failure of the job: whoever takes it next begins with the same count.
    if (stopping.aborted) return { kind: 'released' };
    // A store that could not be used is no failure of the job either, and must not use up its attempts.
    if (storeTroubleIn(error) !== null) {
      const waitMs = backoffAfter(1, deps.random, troubleBackoff);
      return { kind: 'released', runAt: deps.clock.now() + waitMs };
    }
    return failure(deps, job, error);
  } finally {
    ended.abort();
    await renewing;
  }
}

function failure(deps: WorkerDeps, job: JobRow, error: unknown): JobOutcome {
  const text = errorText(error, deps.redact);
  const isLast = job.attempts >= job.maxAttempts;
  deps.logger.log(
    isLast ? 'error' : 'warn',
    isLast ? 'A job failed at its last attempt and is dead.' : 'A job failed and is tried again.',
    { jobId: job.id, kind: job.kind, subjectId: job.subjectId, attempt: job.attempts, error: text },
  );
  const askedMs = (AdjutantError.isInstance(error) ? error.retryAfterMs : null) ?? 0;
  const waitMs = Math.max(askedMs, backoffAfter(job.attempts, deps.random, deps.backoff));
  return { kind: 'failed', error: text, retryAt: deps.clock.now() + waitMs };
}

function keepClaim(
  deps: WorkerDeps,
  job: JobRow,
  lost: AbortController,
  ended: AbortSignal,
): Promise<void> {
  return keepRenewed({
    everyMs: deps.leaseMs / 3,
    wait: deps.wait,
    ended,
    renew: () =>
      deps.store.transaction((transaction) =>
        renewClaim(transaction, job, deps.clock.now() + deps.leaseMs),
      ),
    onLost: () =>
      lost.abort(
        new AdjutantError('Conflict', 'Another worker has taken this job.', {
          hint: 'Stop: what was not committed is done there.',
        }),
      ),
    onError: (error) =>
      deps.logger.log('warn', 'The lease of a job could not be renewed.', {
        jobId: job.id,
        error: errorText(error, deps.redact),
      }),
  });
}
