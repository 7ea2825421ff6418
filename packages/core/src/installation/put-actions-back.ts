import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { findRecord } from '../actions/action-rows.ts';
import { putBack } from '../actions/put-back.ts';
import { sendToHuman } from '../actions/send-to-human.ts';
import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { StoreRestored } from './restored-detail.ts';

const { actions } = tables;

const pageSize = 200;

/**
 * Where an action can stand of which a restored store does not know what became. What was being sent,
 * or may have been, stays as it is: whoever finds its outcome out heeds the restore.
 */
const notYetSent = ['preparing', 'pending', 'approved'] as const satisfies readonly ActionStatus[];

/**
 * Has people decide anew about everything that is not settled: it may have been carried out since. What
 * nobody can look for goes to a person, and so does what was not prepared: prepared again it could be
 * other words, which a look would not find.
 */
export async function putActionsBack(
  transaction: Database,
  workspaceId: string,
  at: number,
): Promise<Pick<StoreRestored, 'pending' | 'needsHuman'>> {
  const moved = { pending: 0, needsHuman: 0 };
  let after = '';
  for (;;) {
    const rows = await transaction
      .select()
      .from(actions)
      .where(
        and(
          eq(actions.workspaceId, workspaceId),
          inArray(actions.status, [...notYetSent]),
          gt(actions.id, after),
        ),
      )
      .orderBy(asc(actions.id))
      .limit(pageSize);
    for (const action of rows) {
      const record = await findRecord(transaction, action.id, workspaceId);
      const isUnseen =
        record === null || action.status === 'preparing' || action.effectClass === 'blind';
      if (isUnseen) {
        await sendToHuman(transaction, action, { at, reason: 'store_restored' });
        moved.needsHuman += 1;
      } else {
        await putBack(transaction, record, { at, reason: 'store_restored' });
        moved.pending += 1;
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return moved;
    after = last.id;
  }
}
