import type { SqlSession } from '../store/sql-client.ts';

/** A transaction of the store, as whoever implements a runner sees it. */
export interface StoreTransaction {
  readonly session: SqlSession;
}

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
  /** While a job with this key waits, another is not added; an earlier `runAt` moves it forward. */
  dedupeKey?: string;
  /** After so many failed attempts it is dead; 10 unless told. */
  maxAttempts?: number;
}

export interface RunningJob {
  id: string;
  workspaceId: string;
  kind: string;
  subjectId: string;
  /** From 1. */
  attempt: number;
  /** Aborts when the worker stops, or when another worker has taken the job. */
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
  /** UTC unless told. */
  timeZone?: string;
  /** Missed due times are made up for by one run within this time; a day unless told. @unit milliseconds */
  catchUpMs?: number;
  /** A run is put off by a random part of this. @unit milliseconds */
  jitterMs?: number;
}

export interface WorkOptions {
  signal: AbortSignal;
  /** Jobs at a time; 4 unless told. */
  concurrency?: number;
  /** Back as soon as nothing is due and nothing runs. */
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

/** A schedule as it stands in the store. */
export interface StandingSchedule extends Required<JobSchedule> {
  nextRunAt: number;
  /** Null before its first run. */
  lastRunAt: number | null;
}

/** Where work waits. The default polls the store; pg-boss on Postgres is to pass the same tests. */
export interface JobRunner {
  /** Adds a job in the caller's transaction: it exists exactly if the change does. */
  enqueue(transaction: StoreTransaction, job: NewJob): Promise<void>;
  /** Says what runs jobs of a kind. A worker leaves other kinds to others. */
  handle(kind: string, handler: JobHandler): void;
  /** Adds a job at each due time, with the schedule's name as its subject; the same name replaces. */
  schedule(schedule: JobSchedule): Promise<void>;
  unschedule(workspaceId: string, name: string): Promise<void>;
  /** The schedules of a workspace, the next due first. */
  schedules(workspaceId: string): Promise<StandingSchedule[]>;
  /** Runs jobs until aborted. */
  work(options: WorkOptions): Promise<void>;
  dead(workspaceId: string): Promise<DeadJob[]>;
  /**
   * Gives a dead job all its attempts again; `actor` is who did it, for the ledger.
   * @throws AdjutantError `NotFound`
   */
  redrive(jobId: string, actor?: string): Promise<void>;
}

/**
 * Jobs as a host program sees them: it may say how its own kinds are done and when, and look after
 * what failed. Adjutant adds its own jobs, and `workActions` runs them all.
 */
export type Jobs = Omit<JobRunner, 'enqueue' | 'work'>;
