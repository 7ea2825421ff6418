import type { Database } from '../store/database.ts';

/** A job carries only an id: losing one or running it twice does no harm. */
export interface NewJob {
  workspaceId: string;
  kind: string;
  /** The row that it is about. */
  subjectId: string;
  /** Not before this instant; now unless told. */
  runAt?: number;
  /** Groups take turns; the workspace unless told. */
  groupKey?: string;
  /** While a job with this key waits, another is not added. */
  dedupeKey?: string;
  maxAttempts?: number;
}

export interface RunningJob {
  id: string;
  workspaceId: string;
  kind: string;
  subjectId: string;
  attempt: number;
  signal: AbortSignal;
}

/** What a handler may answer: finished, or again at an instant, without counting as a failure. */
export type JobResult = undefined | { runAgainAt: number };

/** A handler is a transition on rows: running it twice gives the same rows. */
export type JobHandler = (job: RunningJob) => Promise<JobResult>;

export interface JobSchedule {
  workspaceId: string;
  name: string;
  kind: string;
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  timeZone?: string;
  /** A run that was missed is made up for within this time. @unit milliseconds */
  catchUpMs?: number;
  /** @unit milliseconds */
  jitterMs?: number;
}

export interface WorkOptions {
  signal: AbortSignal;
  /** Jobs at a time; 4 unless told. */
  concurrency?: number;
  /** Only one pass over what is due, then back. */
  once?: boolean;
}

export interface DeadJob {
  id: string;
  workspaceId: string;
  kind: string;
  subjectId: string;
  attempts: number;
  lastError: string | null;
  finishedAt: number;
}

/** Where work waits. The default polls the store; pg-boss on Postgres is to pass the same tests. */
export interface JobRunner {
  /** Adds a job in the caller's transaction: it exists exactly if the change does. */
  enqueue(transaction: Database, job: NewJob): Promise<void>;
  handle(kind: string, handler: JobHandler): void;
  schedule(schedule: JobSchedule): Promise<void>;
  /** Runs jobs until aborted. */
  work(options: WorkOptions): Promise<void>;
  dead(workspaceId: string): Promise<DeadJob[]>;
  /** Gives a dead job all its attempts again. */
  redrive(jobId: string): Promise<void>;
}
