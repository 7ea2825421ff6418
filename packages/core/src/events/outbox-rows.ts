import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';

const { outbox } = tables;

export type OutboxRow = typeof outbox.$inferSelect;

/** How the delivery of an event ended. */
export type Delivery =
  | { outcome: 'delivered' }
  | { outcome: 'failed'; error: string; retryAt: number; isLast: boolean };

const keepDeliveredMs = 7 * 24 * 3_600_000;
const mostTrimmed = 1_000;
const mostDeadListed = 1_000;

/**
 * Returns the oldest waiting event of each subject, where that one is due. The later ones of the
 * subject wait for it, so that nobody hears of an approval before the proposal.
 */
export async function dueHeads(
  database: Database,
  now: number,
  limit: number,
): Promise<OutboxRow[]> {
  const ids = await queryTuples<[string]>(
    database,
    sql`select head.id from ${outbox} as head
      where head.delivered_at is null and head.dead_at is null and head.next_attempt_at <= ${now}
      and not exists (
        select 1 from ${outbox} as earlier
        where earlier.workspace_id = head.workspace_id and earlier.subject_id = head.subject_id
        and earlier.id < head.id and earlier.delivered_at is null and earlier.dead_at is null
      )
      order by head.id limit ${limit}`,
  );
  if (ids.length === 0) return [];
  return database
    .select()
    .from(outbox)
    .where(
      inArray(
        outbox.id,
        ids.map(([id]) => id),
      ),
    )
    .orderBy(asc(outbox.id));
}

/** Returns when the next event may be delivered; null where none waits. */
export async function nextEventAt(database: Database): Promise<number | null> {
  const [next] = await database
    .select({ at: outbox.nextAttemptAt })
    .from(outbox)
    .where(and(isNull(outbox.deliveredAt), isNull(outbox.deadAt)))
    .orderBy(asc(outbox.nextAttemptAt))
    .limit(1);
  return next?.at ?? null;
}

/** Writes how a delivery ended. */
export async function recordDelivery(
  transaction: Database,
  id: string,
  delivery: Delivery,
  now: number,
): Promise<void> {
  const waiting = and(eq(outbox.id, id), isNull(outbox.deliveredAt), isNull(outbox.deadAt));
  const attempts = sql`${outbox.attempts} + 1`;
  if (delivery.outcome === 'delivered') {
    await transaction.update(outbox).set({ deliveredAt: now, attempts }).where(waiting);
    return;
  }
  const { error: lastError, retryAt: nextAttemptAt, isLast } = delivery;
  await transaction
    .update(outbox)
    .set({ attempts, lastError, nextAttemptAt, deadAt: isLast ? now : null })
    .where(waiting);
}

/** Returns the events that could not be delivered, the latest first. */
export function listDeadEvents(database: Database, workspaceId: string): Promise<OutboxRow[]> {
  return database
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), isNotNull(outbox.deadAt)))
    .orderBy(desc(outbox.deadAt), desc(outbox.id))
    .limit(mostDeadListed);
}

/** Lets a dead event be delivered again, with all its attempts. @throws AdjutantError `NotFound` */
export async function redriveEvent(
  transaction: Database,
  { eventId, actor, now }: { eventId: string; actor: string; now: number },
): Promise<void> {
  const [row] = await transaction
    .update(outbox)
    .set({ deadAt: null, attempts: 0, nextAttemptAt: now })
    .where(and(eq(outbox.id, eventId), isNotNull(outbox.deadAt)))
    .returning();
  if (row === undefined) {
    throw new AdjutantError('NotFound', 'No dead event has this id.', {
      hint: 'List the dead events: it may have been put back already.',
    });
  }
  await appendAuditEntry(transaction, {
    workspaceId: row.workspaceId,
    at: now,
    actor,
    event: 'event.redriven',
    subject: row.subjectId,
    detail: { eventId: row.id, event: row.event },
  });
}

/** Deletes delivered events that are older than a week, some at a time. Dead ones stay. */
export async function trimDelivered(transaction: Database, now: number): Promise<void> {
  const old = await transaction
    .select({ id: outbox.id })
    .from(outbox)
    .where(lt(outbox.deliveredAt, now - keepDeliveredMs))
    .orderBy(asc(outbox.deliveredAt))
    .limit(mostTrimmed);
  if (old.length === 0) return;
  await transaction.delete(outbox).where(
    inArray(
      outbox.id,
      old.map(({ id }) => id),
    ),
  );
}
