import { and, asc, eq, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { holderMayLive } from '../store/lease.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { failJob, type JobRow } from './settle-jobs.ts';

const { jobs } = tables;

/** Jobs taken back at a time, so that a claim stays short after many workers were lost. */
const mostTakenBack = 100;

export interface ClaimRequest {
  kinds: readonly string[];
  slots: number;
  holder: string;
  leaseMs: number;
  now: number;
  /** When a group last had a turn, as a rising count; groups without one go first. */
  lastTurn: ReadonlyMap<string, number>;
}

/** Takes up to so many due jobs, groups in turn, and returns them in the order of their turns. */
export async function claimJobs(transaction: Database, request: ClaimRequest): Promise<JobRow[]> {
  if (request.slots < 1 || request.kinds.length === 0) return [];
  await takeBackLostJobs(transaction, request.holder, request.now);
  const groups = await dueGroups(transaction, request);
  const queues: string[][] = [];
  for (const group of groups.slice(0, request.slots)) {
    queues.push(await dueInGroup(transaction, group, request));
  }
  const claimed: JobRow[] = [];
  for (const id of deal(queues, request.slots)) {
    const [job] = await transaction
      .update(jobs)
      .set({
        status: 'running',
        holder: request.holder,
        fence: sql`${jobs.fence} + 1`,
        attempts: sql`${jobs.attempts} + 1`,
        leaseExpiresAt: request.now + request.leaseMs,
      })
      .where(and(eq(jobs.id, id), eq(jobs.status, 'queued')))
      .returning();
    if (job !== undefined) claimed.push(job);
  }
  return claimed;
}

/** Extends the right to a job; false where another worker has taken it. */
export async function renewClaim(
  transaction: Database,
  job: JobRow,
  leaseExpiresAt: number,
): Promise<boolean> {
  const renewed = await transaction
    .update(jobs)
    .set({ leaseExpiresAt })
    .where(and(eq(jobs.id, job.id), eq(jobs.status, 'running'), eq(jobs.fence, job.fence)))
    .returning({ id: jobs.id });
  return renewed.length === 1;
}

/** Returns when the next job is due, a lost one at once; null where none waits. */
export async function nextJobAt(
  database: Database,
  { kinds, holder, now }: Pick<ClaimRequest, 'kinds' | 'holder' | 'now'>,
): Promise<number | null> {
  const running = await database
    .select({ holder: jobs.holder, leaseExpiresAt: jobs.leaseExpiresAt })
    .from(jobs)
    .where(runningElsewhere(holder));
  if (running.some((job) => isLost(job, now))) return now;
  const [next] = await database
    .select({ runAt: jobs.runAt })
    .from(jobs)
    .where(and(eq(jobs.status, 'queued'), inArray(jobs.kind, [...kinds])))
    .orderBy(asc(jobs.runAt))
    .limit(1);
  const expiries = running.map(({ leaseExpiresAt }) => leaseExpiresAt ?? now);
  const instants = next === undefined ? expiries : [next.runAt, ...expiries];
  return instants.length === 0 ? null : Math.min(...instants);
}

/** A worker that was killed settles nothing: its jobs wait again, with that attempt counted. */
async function takeBackLostJobs(transaction: Database, holder: string, now: number): Promise<void> {
  const running = await transaction.select().from(jobs).where(runningElsewhere(holder));
  const lost = running.filter((job) => isLost(job, now)).slice(0, mostTakenBack);
  for (const job of lost) {
    const error = 'Lost: the worker that ran it ended or did not renew its lease.';
    await failJob(transaction, job, { error, retryAt: now }, now);
  }
}

/**
 * A worker knows what it runs itself: a clock that leapt while the machine slept does not make it run
 * the same job twice.
 */
function runningElsewhere(holder: string) {
  return and(eq(jobs.status, 'running'), or(isNull(jobs.holder), ne(jobs.holder, holder)));
}

function isLost(job: Pick<JobRow, 'holder' | 'leaseExpiresAt'>, now: number): boolean {
  if (job.holder === null || job.leaseExpiresAt === null) return true;
  return job.leaseExpiresAt <= now || !holderMayLive(job.holder);
}

/**
 * Returns the groups that have something due, who waited longest for a turn first. It steps from
 * group to group through the index: how many jobs wait in each makes no difference.
 */
async function dueGroups(
  transaction: Database,
  { kinds, now, lastTurn }: ClaimRequest,
): Promise<string[]> {
  const kindIsMine = inArray(jobs.kind, [...kinds]);
  const heads = await queryTuples<[string, number | null]>(
    transaction,
    sql`with recursive waiting(group_key) as (
      select min(${jobs.groupKey}) from ${jobs} where ${jobs.status} = 'queued'
      union all
      select (
        select min(${jobs.groupKey}) from ${jobs}
        where ${jobs.status} = 'queued' and ${jobs.groupKey} > waiting.group_key
      ) from waiting where waiting.group_key is not null
    )
    select waiting.group_key, (
      select ${jobs.runAt} from ${jobs}
      where ${jobs.status} = 'queued' and ${jobs.groupKey} = waiting.group_key and ${kindIsMine}
      order by ${jobs.runAt} limit 1
    ) from waiting where waiting.group_key is not null`,
  );
  return heads
    .flatMap(([group, runAt]) => (runAt === null || runAt > now ? [] : [{ group, runAt }]))
    .toSorted(
      (a, b) => (lastTurn.get(a.group) ?? -1) - (lastTurn.get(b.group) ?? -1) || a.runAt - b.runAt,
    )
    .map(({ group }) => group);
}

async function dueInGroup(
  transaction: Database,
  group: string,
  { kinds, slots, now }: ClaimRequest,
): Promise<string[]> {
  const rows = await transaction
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.status, 'queued'),
        eq(jobs.groupKey, group),
        lte(jobs.runAt, now),
        inArray(jobs.kind, [...kinds]),
      ),
    )
    .orderBy(asc(jobs.runAt), asc(jobs.id))
    .limit(slots);
  return rows.map(({ id }) => id);
}

/** Takes one of each queue in turn, as many as there are slots. */
function deal(queues: readonly (readonly string[])[], slots: number): string[] {
  const dealt: string[] = [];
  for (let round = 0; round < slots && dealt.length < slots; round += 1) {
    for (const queue of queues) {
      const id = queue[round];
      if (id !== undefined && dealt.length < slots) dealt.push(id);
    }
  }
  return dealt;
}
