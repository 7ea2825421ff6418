import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { actions, actionRevisions, actionDecisions, actionAttempts } = tables;

export type ActionRow = typeof actions.$inferSelect;
export type RevisionRow = typeof actionRevisions.$inferSelect;
export type DecisionRow = typeof actionDecisions.$inferSelect;
export type AttemptRow = typeof actionAttempts.$inferSelect;

/** An action with what belongs to the revision that counts. */
export interface ActionRecord {
  action: ActionRow;
  revision: RevisionRow;
  /** Of this revision, none of them void. */
  decisions: DecisionRow[];
  /** Of every revision, in order. */
  attempts: AttemptRow[];
}

/** Returns an action; null where there is none in that workspace. */
export async function findAction(
  database: Database,
  id: string,
  workspaceId?: string,
): Promise<ActionRow | null> {
  const inWorkspace = workspaceId === undefined ? undefined : eq(actions.workspaceId, workspaceId);
  const [row] = await database
    .select()
    .from(actions)
    .where(and(eq(actions.id, id), inWorkspace));
  return row ?? null;
}

/** Returns an action with its revision, decisions and attempts. */
export async function findRecord(
  database: Database,
  id: string,
  workspaceId?: string,
): Promise<ActionRecord | null> {
  const action = await findAction(database, id, workspaceId);
  if (action === null) return null;
  const [revision] = await database
    .select()
    .from(actionRevisions)
    .where(
      and(
        eq(actionRevisions.workspaceId, action.workspaceId),
        eq(actionRevisions.actionId, id),
        eq(actionRevisions.revision, action.revision),
      ),
    );
  if (revision === undefined) return null;
  const decisions = await database
    .select()
    .from(actionDecisions)
    .where(
      and(
        eq(actionDecisions.workspaceId, action.workspaceId),
        eq(actionDecisions.actionId, id),
        eq(actionDecisions.revision, action.revision),
        isNull(actionDecisions.voidedAt),
      ),
    )
    .orderBy(actionDecisions.id);
  const attempts = await database
    .select()
    .from(actionAttempts)
    .where(and(eq(actionAttempts.workspaceId, action.workspaceId), eq(actionAttempts.actionId, id)))
    .orderBy(actionAttempts.number, actionAttempts.id);
  return { action, revision, decisions, attempts };
}

/** What must still be so for a change to be made. */
export interface ChangeGuard {
  status: ActionStatus | readonly ActionStatus[];
  revision?: number;
  fence?: number;
}

/**
 * Changes an action where it still is as the guard says. @returns null where somebody else was first
 */
export async function changeAction(
  transaction: Database,
  action: Pick<ActionRow, 'id' | 'workspaceId'>,
  guard: ChangeGuard,
  change: Partial<ActionRow> & { updatedAt: number },
): Promise<ActionRow | null> {
  const statuses = typeof guard.status === 'string' ? [guard.status] : [...guard.status];
  const [row] = await transaction
    .update(actions)
    .set(change)
    .where(
      and(
        eq(actions.workspaceId, action.workspaceId),
        eq(actions.id, action.id),
        inArray(actions.status, statuses),
        guard.revision === undefined ? undefined : eq(actions.revision, guard.revision),
        guard.fence === undefined ? undefined : eq(actions.fence, guard.fence),
      ),
    )
    .returning();
  return row ?? null;
}

/** Makes every decision on an action void, because what they were about has changed. */
export async function voidDecisions(
  transaction: Database,
  action: Pick<ActionRow, 'id' | 'workspaceId'>,
  at: number,
): Promise<void> {
  await transaction
    .update(actionDecisions)
    .set({ voidedAt: at })
    .where(
      and(
        eq(actionDecisions.workspaceId, action.workspaceId),
        eq(actionDecisions.actionId, action.id),
        isNull(actionDecisions.voidedAt),
      ),
    );
}
