import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { jobs } = tables;

/** Done jobs tell only that they ran; what they changed stands in its own rows. */
const keepDoneMs = 7 * 24 * 3_600_000;
const mostTrimmed = 1_000;

/** Deletes done jobs that are older than a week, some at a time. Dead ones stay. */
export async function trimDoneJobs(transaction: Database, now: number): Promise<void> {
  const before = now - keepDoneMs;
  const old = await transaction
    .select({ id: jobs.id })
    .from(jobs)
    // A job never ends before it is due, so the index on `runAt` narrows the search.
    .where(and(eq(jobs.status, 'done'), lt(jobs.runAt, before), lt(jobs.finishedAt, before)))
    .orderBy(asc(jobs.runAt))
    .limit(mostTrimmed);
  if (old.length === 0) return;
  await transaction.delete(jobs).where(
    inArray(
      jobs.id,
      old.map(({ id }) => id),
    ),
  );
}
