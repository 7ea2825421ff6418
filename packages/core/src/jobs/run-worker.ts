import { randomBytes } from 'node:crypto';
import { AdjutantError } from '../errors.ts';
import { processHolder } from '../store/lease.ts';
import { troubleBackoff } from '../store/outlive-trouble.ts';
import { storeTroubleIn } from '../store/store-errors.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { backoffAfter } from './backoff.ts';
import { claimJobs, nextJobAt } from './claim-jobs.ts';
import { errorText } from './error-text.ts';
import { fireDueSchedules, nextScheduleAt } from './job-schedules.ts';
import type { WorkOptions } from './job-runner.ts';
import { rest } from './rest.ts';
import { runJob } from './run-job.ts';
import { type JobRow, type SettledJob, settleJob } from './settle-jobs.ts';
import { trimDoneJobs } from './trim-done-jobs.ts';
import type { WorkerDeps } from './worker-deps.ts';

const defaultConcurrency = 4;
const mostRememberedGroups = 10_000;

/** What one worker keeps in mind; everything that must last is in rows. */
interface WorkerState {
  holder: string;
  concurrency: number;
  running: Map<JobRow, Promise<void>>;
  /** Runs that ended and are not yet written. */
  settled: SettledJob[];
  lastTurn: Map<string, number>;
  turns: number;
  trimmedAt: number | null;
  /** How often in a row the store could not be reached. */
  failures: number;
  /** Aborts what runs, when the worker stops for whatever reason. */
  stopping: AbortController;
}

/** Runs jobs until aborted, or with `once` until nothing is due and nothing runs. */
export async function runWorker(deps: WorkerDeps, options: WorkOptions): Promise<void> {
  const state: WorkerState = {
    holder: `${processHolder}|${randomBytes(4).toString('hex')}`,
    concurrency: Math.max(1, options.concurrency ?? defaultConcurrency),
    running: new Map(),
    settled: [],
    lastTurn: new Map(),
    turns: 0,
    trimmedAt: null,
    failures: 0,
    stopping: new AbortController(),
  };
  const onAbort = (): void => state.stopping.abort(options.signal.reason);
  if (options.signal.aborted) return;
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await loop(deps, state, options.once === true);
  } finally {
    options.signal.removeEventListener('abort', onAbort);
    state.stopping.abort();
    await putDown(deps, state);
  }
}

async function loop(deps: WorkerDeps, state: WorkerState, once: boolean): Promise<void> {
  const { signal } = state.stopping;
  let dueAt: number | null = null;
  while (!signal.aborted) {
    const rang = deps.wakeUp.take();
    const hasRoom = state.running.size < state.concurrency;
    if (state.settled.length === 0 && !rang && hasRoom) {
      const found = await tried(deps, state, once, () => nextAt(deps, state));
      if (found === tryAgain) continue;
      dueAt = found;
    }
    const isDue = hasRoom && dueAt !== null && dueAt <= deps.clock.now();
    if (state.settled.length > 0 || (rang && hasRoom) || isDue) {
      const moved = await takeTurn(deps, state, once);
      // Commits are synchronous on a file: timers and sockets must have their turn too.
      await yieldToEventLoop();
      if (moved) continue;
      dueAt = null;
    }
    if (state.running.size === 0 && once) return;
    await rest({
      ended: [...state.running.values()],
      // In one pass nobody waits for time to pass, only for what runs.
      untilAt: once || !hasRoom ? null : dueAt,
      pollMs: once || !hasRoom ? null : deps.pollMs,
      clock: deps.clock,
      wakeUp: hasRoom ? deps.wakeUp : null,
      signal,
    });
  }
}

async function nextAt(deps: WorkerDeps, { holder }: WorkerState): Promise<number | null> {
  const { read } = deps.store;
  const kinds = [...deps.handlers.keys()];
  const jobAt = await nextJobAt(read, { kinds, holder, now: deps.clock.now() });
  const scheduleAt = await nextScheduleAt(read);
  if (jobAt === null || scheduleAt === null) return jobAt ?? scheduleAt;
  return Math.min(jobAt, scheduleAt);
}

/** One transaction: writes what ended, adds what schedules are due, takes what there is room for. */
async function takeTurn(deps: WorkerDeps, state: WorkerState, once: boolean): Promise<boolean> {
  const settled = [...state.settled];
  const now = deps.clock.now();
  const trims = state.trimmedAt === null || now - state.trimmedAt >= 3_600_000;
  const claimed = await tried(deps, state, once, () =>
    deps.store.transaction(async (transaction) => {
      for (const one of settled) await settleJob(transaction, one, now);
      await fireDueSchedules(transaction, now, deps.random);
      if (trims) await trimDoneJobs(transaction, now);
      return claimJobs(transaction, {
        kinds: [...deps.handlers.keys()],
        slots: state.concurrency - state.running.size,
        holder: state.holder,
        leaseMs: deps.leaseMs,
        now,
        lastTurn: state.lastTurn,
      });
    }),
  );
  if (claimed === tryAgain) return true;
  if (trims) state.trimmedAt = now;
  state.settled.splice(0, settled.length);
  for (const job of claimed) start(deps, state, job);
  return settled.length > 0 || claimed.length > 0;
}

const tryAgain = Symbol('try again');

/** Does what is asked of the store; where that cannot be used for now, waits, ever longer. */
async function tried<Result>(
  deps: WorkerDeps,
  state: WorkerState,
  once: boolean,
  ask: () => Promise<Result>,
): Promise<Result | typeof tryAgain> {
  try {
    const answer = await ask();
    state.failures = 0;
    return answer;
  } catch (error) {
    const isPassing =
      storeTroubleIn(error) !== null || (AdjutantError.isInstance(error) && error.retryable);
    if (once || !isPassing) throw error;
    state.failures += 1;
    deps.logger.log('warn', 'A worker could not reach the store and tries again.', {
      error: errorText(error, deps.redact),
    });
    const waitMs = backoffAfter(state.failures, deps.random, {
      ...troubleBackoff,
      firstMs: deps.pollMs,
    });
    await deps.clock.sleep(waitMs, state.stopping.signal).catch(() => undefined);
    return tryAgain;
  }
}

function start(deps: WorkerDeps, state: WorkerState, job: JobRow): void {
  const handler = deps.handlers.get(job.kind);
  if (handler === undefined) return;
  state.turns += 1;
  // Set anew, so that the map stands in the order of turns and the oldest goes first.
  state.lastTurn.delete(job.groupKey);
  state.lastTurn.set(job.groupKey, state.turns);
  if (state.lastTurn.size > mostRememberedGroups) {
    for (const oldest of state.lastTurn.keys()) {
      state.lastTurn.delete(oldest);
      break;
    }
  }
  const run = async (): Promise<void> => {
    const outcome = await runJob(deps, job, handler, state.stopping.signal);
    state.running.delete(job);
    state.settled.push({ job, outcome });
  };
  state.running.set(job, run());
}

/** Gives handlers time to hear the signal, then writes how they ended. What hangs is left to its lease. */
async function putDown(deps: WorkerDeps, state: WorkerState): Promise<void> {
  if (state.running.size > 0) {
    const patience = new AbortController();
    await Promise.race([
      Promise.all(state.running.values()),
      deps.wait(deps.shutdownMs, patience.signal).catch(() => undefined),
    ]);
    patience.abort();
    if (state.running.size > 0) {
      deps.logger.log('warn', 'Jobs that did not stop in time are left to their lease.', {
        jobIds: [...state.running.keys()].map(({ id }) => id),
      });
    }
  }
  const settled = [...state.settled];
  if (settled.length === 0) return;
  await deps.store
    .transaction(async (transaction) => {
      for (const one of settled) await settleJob(transaction, one, deps.clock.now());
    })
    .catch((error: unknown) => {
      // The leases run out and the jobs run again: the same as if this process had been killed.
      deps.logger.log('warn', 'What ended during the stop could not be written.', {
        error: errorText(error, deps.redact),
      });
    });
}
