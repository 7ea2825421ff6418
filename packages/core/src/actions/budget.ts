import { and, eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { ActionRow } from './action-rows.ts';
import { monthOf, spentUsdMicros } from './ask-policy.ts';

const { budgetReservations, outwardContacts } = tables;

/**
 * Reserves what an action costs, in the transaction that claims it, so that two claims cannot both
 * have the last of a budget. @returns whether there was enough
 */
export async function reserveBudget(
  transaction: Database,
  action: ActionRow,
  { limitUsd, at }: { limitUsd: number | null; at: number },
): Promise<boolean> {
  const { workspaceId, id, costUsdMicros } = action;
  if (costUsdMicros === 0) return true;
  const month = monthOf(at);
  const [held] = await transaction
    .select({ id: budgetReservations.id })
    .from(budgetReservations)
    .where(
      and(
        eq(budgetReservations.workspaceId, workspaceId),
        eq(budgetReservations.actionId, id),
        eq(budgetReservations.status, 'reserved'),
      ),
    );
  if (held !== undefined) return true;
  if (limitUsd !== null) {
    const spent = await spentUsdMicros(transaction, workspaceId, month, id);
    if (spent + costUsdMicros > Math.round(limitUsd * 1_000_000)) return false;
  }
  await transaction.insert(budgetReservations).values({
    id: createIdentifier(),
    workspaceId,
    actionId: id,
    month,
    amountUsdMicros: costUsdMicros,
    status: 'reserved',
    createdAt: at,
  });
  return true;
}

/** Turns a reservation into money spent, because the action was carried out. */
export async function spendBudget(transaction: Database, action: ActionRow): Promise<void> {
  await settleReservation(transaction, action, 'spent');
}

/** Gives back what an action held that ends without an effect: its budget, and its turn to nudge. */
export async function releaseHolds(transaction: Database, action: ActionRow): Promise<void> {
  await settleReservation(transaction, action, 'released');
  await transaction
    .delete(outwardContacts)
    .where(
      and(
        eq(outwardContacts.workspaceId, action.workspaceId),
        eq(outwardContacts.actionId, action.id),
      ),
    );
}

async function settleReservation(
  transaction: Database,
  { workspaceId, id }: ActionRow,
  status: 'spent' | 'released',
): Promise<void> {
  await transaction
    .update(budgetReservations)
    .set({ status })
    .where(
      and(
        eq(budgetReservations.workspaceId, workspaceId),
        eq(budgetReservations.actionId, id),
        eq(budgetReservations.status, 'reserved'),
      ),
    );
}
