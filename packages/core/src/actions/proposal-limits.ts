import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionRow } from './action-rows.ts';

const { actions } = tables;

/** More than this from one assistant would bury what people have to look at. */
const mostWaiting = 50;
const mostPerHour = 200;
const hourMs = 3_600_000;

/**
 * Holds one assistant to what people can look through, with the proposal that was just written.
 * @throws AdjutantError `RateLimited`
 */
export async function requireRoom(transaction: Database, proposed: ActionRow): Promise<void> {
  const { workspaceId, requester, createdAt } = proposed;
  const own = and(eq(actions.workspaceId, workspaceId), eq(actions.requester, requester));
  const waiting = await count(
    transaction,
    and(own, inArray(actions.status, ['preparing', 'pending'])),
  );
  if (waiting > mostWaiting) {
    throw new AdjutantError('RateLimited', `${mostWaiting} proposals of yours wait already.`, {
      hint: 'Let people decide about them, or withdraw those that are no longer needed.',
    });
  }
  const recent = await count(transaction, and(own, gt(actions.createdAt, createdAt - hourMs)));
  if (recent > mostPerHour) {
    throw new AdjutantError(
      'RateLimited',
      `${mostPerHour} proposals of yours in an hour are enough.`,
      {
        hint: 'Wait, and propose less: each one costs somebody their attention.',
        retryAfterMs: hourMs,
      },
    );
  }
}

async function count(transaction: Database, condition: ReturnType<typeof and>): Promise<number> {
  const [row] = await transaction
    .select({ count: sql<number>`count(*)` })
    .from(actions)
    .where(condition);
  return row?.count ?? 0;
}
