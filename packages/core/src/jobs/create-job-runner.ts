import { type Clock, systemClock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { type Logger, silentLogger } from '../logger.ts';
import { asDatabase } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { type Backoff, defaultBackoff } from './backoff.ts';
import { listDeadJobs, redriveJob } from './dead-jobs.ts';
import { enqueueJob } from './enqueue-job.ts';
import type { JobHandler, JobRunner } from './job-runner.ts';
import { listSchedules, removeSchedule, writeSchedule } from './job-schedules.ts';
import { runWorker } from './run-worker.ts';
import { createWakeUp } from './wake-up.ts';
import type { WorkerDeps } from './worker-deps.ts';

export interface JobRunnerOptions {
  store: Store;
  clock?: Clock;
  /** From 0 up to 1, for jitter. */
  random?: () => number;
  logger?: Logger;
  /** Takes secrets out of a text before it is stored as the error of a job. */
  redact?: (text: string) => string;
  /** How often work that another process added is looked for; 1 second unless told. @unit milliseconds */
  pollMs?: number;
  /** How long a lost worker's jobs are left alone; renewed while a handler runs. @unit milliseconds */
  leaseMs?: number;
  /** How long handlers have to end after an abort. @unit milliseconds */
  shutdownMs?: number;
  /** How waits between attempts grow: from 1 second to 15 minutes unless told. */
  backoff?: Partial<Backoff>;
  /** How the machine's own time passes, between renewals and at shutdown; given by tests. */
  wait?: Clock['sleep'];
}

/** Returns the default runner: jobs are rows of the store, taken by whichever process polls first. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { store } = options;
  const clock = options.clock ?? systemClock;
  const handlers = new Map<string, JobHandler>();
  const wakeUp = createWakeUp();
  const deps: WorkerDeps = {
    store,
    clock,
    random: options.random ?? Math.random,
    logger: options.logger ?? silentLogger,
    redact: options.redact ?? ((text) => text),
    pollMs: options.pollMs ?? 1_000,
    leaseMs: options.leaseMs ?? 30_000,
    shutdownMs: options.shutdownMs ?? 10_000,
    backoff: { ...defaultBackoff, ...options.backoff },
    wait: options.wait ?? ((milliseconds, signal) => systemClock.sleep(milliseconds, signal)),
    wakeUp,
    handlers,
  };
  return {
    async enqueue(transaction, job) {
      await enqueueJob(asDatabase(transaction.session), job, clock.now());
      // The bell may ring before the commit: whoever hears it writes, and so waits for this one.
      wakeUp.ring();
    },
    handle(kind, handler) {
      if (handlers.has(kind)) {
        throw new AdjutantError('Configuration', `Jobs of kind "${kind}" have a handler already.`, {
          hint: 'Give each kind one handler.',
        });
      }
      handlers.set(kind, handler);
      wakeUp.ring();
    },
    async schedule(schedule) {
      await store.transaction((transaction) => writeSchedule(transaction, schedule, clock.now()));
      wakeUp.ring();
    },
    unschedule: (workspaceId, name) =>
      store.transaction((transaction) => removeSchedule(transaction, workspaceId, name)),
    schedules: (workspaceId) => listSchedules(store.read, workspaceId),
    work: (work) => runWorker(deps, work),
    dead: (workspaceId) => listDeadJobs(store.read, workspaceId),
    async redrive(jobId, actor = 'system') {
      await store.transaction((transaction) =>
        redriveJob(transaction, { jobId, actor, now: clock.now() }),
      );
      wakeUp.ring();
    },
  };
}
