import { and, asc, eq, lte } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { enqueueJob } from './enqueue-job.ts';
import type { JobSchedule, StandingSchedule } from './job-runner.ts';
import { nextDueTime } from './next-due-time.ts';

const { jobSchedules } = tables;

const defaultCatchUpMs = 24 * 3_600_000;
/** A worker that was merely busy at the due time has not missed it. */
const onTimeMs = 60_000;
/** Due schedules handled at a time. */
const mostFired = 100;

/**
 * Writes a schedule. One that is there keeps its next due time, so that a restart forgets no missed
 * run; a change of its times starts them anew.
 * @throws AdjutantError `InvalidInput`
 */
export async function writeSchedule(
  transaction: Database,
  schedule: JobSchedule,
  now: number,
): Promise<void> {
  const row = {
    workspaceId: schedule.workspaceId,
    name: schedule.name,
    kind: schedule.kind,
    cron: schedule.cron,
    timeZone: schedule.timeZone ?? 'UTC',
    catchUpMs: schedule.catchUpMs ?? defaultCatchUpMs,
    jitterMs: schedule.jitterMs ?? 0,
  };
  const nextRunAt = nextDueTime(row, now);
  const key = keyOf(row);
  const [present] = await transaction.select().from(jobSchedules).where(key);
  if (present === undefined) {
    await transaction.insert(jobSchedules).values({ ...row, nextRunAt, lastRunAt: null });
    return;
  }
  const sameTimes = present.cron === row.cron && present.timeZone === row.timeZone;
  await transaction
    .update(jobSchedules)
    .set({ ...row, nextRunAt: sameTimes ? present.nextRunAt : nextRunAt })
    .where(key);
}

/** Removes a schedule; a run that already waits stays. */
export async function removeSchedule(
  transaction: Database,
  workspaceId: string,
  name: string,
): Promise<void> {
  await transaction.delete(jobSchedules).where(keyOf({ workspaceId, name }));
}

/** Returns the schedules of a workspace, the next due first. */
export function listSchedules(
  database: Database,
  workspaceId: string,
): Promise<StandingSchedule[]> {
  return database
    .select()
    .from(jobSchedules)
    .where(eq(jobSchedules.workspaceId, workspaceId))
    .orderBy(asc(jobSchedules.nextRunAt), asc(jobSchedules.name));
}

/**
 * Adds one job for each schedule that is due and moves it on, in one transaction, so that of several
 * processes one does it. However many due times were missed, one job makes up for them, and none
 * where even the latest lies further back than the schedule catches up.
 */
export async function fireDueSchedules(
  transaction: Database,
  now: number,
  random: () => number,
): Promise<void> {
  const due = await transaction
    .select()
    .from(jobSchedules)
    .where(lte(jobSchedules.nextRunAt, now))
    .orderBy(asc(jobSchedules.nextRunAt))
    .limit(mostFired);
  for (const schedule of due) {
    const reach = now - Math.max(schedule.catchUpMs, onTimeMs);
    const runs = schedule.nextRunAt >= reach || nextDueTime(schedule, reach - 1) <= now;
    const moved = await transaction
      .update(jobSchedules)
      .set({ nextRunAt: nextDueTime(schedule, now), ...(runs ? { lastRunAt: now } : {}) })
      .where(and(keyOf(schedule), eq(jobSchedules.nextRunAt, schedule.nextRunAt)))
      .returning({ name: jobSchedules.name });
    if (!runs || moved.length === 0) continue;
    const job = {
      workspaceId: schedule.workspaceId,
      kind: schedule.kind,
      subjectId: schedule.name,
      dedupeKey: `schedule:${schedule.name}`,
      runAt: now + Math.floor(random() * schedule.jitterMs),
    };
    await enqueueJob(transaction, job, now);
  }
}

/** Returns when the next schedule is due; null where there is none. */
export async function nextScheduleAt(database: Database): Promise<number | null> {
  const [next] = await database
    .select({ nextRunAt: jobSchedules.nextRunAt })
    .from(jobSchedules)
    .orderBy(asc(jobSchedules.nextRunAt))
    .limit(1);
  return next?.nextRunAt ?? null;
}

function keyOf({ workspaceId, name }: { workspaceId: string; name: string }) {
  return and(eq(jobSchedules.workspaceId, workspaceId), eq(jobSchedules.name, name));
}
