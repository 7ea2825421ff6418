import { count, eq, and } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { ActionRow, AttemptRow } from './action-rows.ts';
import { effectKeyOf } from './payload-hash.ts';

const { actionAttempts } = tables;

/** Writes down that something is about to be sent or looked for; it is sent only once this is committed. */
export async function beginAttempt(
  transaction: Database,
  action: ActionRow,
  attempt: { step: number; kind: AttemptRow['kind']; payloadHash: string; at: number },
): Promise<AttemptRow> {
  const { step, kind, payloadHash, at } = attempt;
  const [earlier] = await transaction
    .select({ rows: count() })
    .from(actionAttempts)
    .where(
      and(
        eq(actionAttempts.workspaceId, action.workspaceId),
        eq(actionAttempts.actionId, action.id),
      ),
    );
  const row: AttemptRow = {
    id: createIdentifier(),
    workspaceId: action.workspaceId,
    actionId: action.id,
    revision: action.revision,
    step,
    number: (earlier?.rows ?? 0) + 1,
    fence: action.fence,
    effectKey: effectKeyOf(action.id, step, payloadHash),
    kind,
    status: 'started',
    startedAt: at,
    finishedAt: null,
    outcome: null,
  };
  await transaction.insert(actionAttempts).values(row);
  return row;
}

/** Writes down how an attempt ended. */
export async function endAttempt(
  transaction: Database,
  attempt: Pick<AttemptRow, 'id' | 'workspaceId'>,
  end: {
    status: AttemptRow['status'];
    at: number;
    outcome: Record<string, unknown> | null;
  },
): Promise<void> {
  await transaction
    .update(actionAttempts)
    .set({ status: end.status, finishedAt: end.at, outcome: end.outcome })
    .where(
      and(eq(actionAttempts.workspaceId, attempt.workspaceId), eq(actionAttempts.id, attempt.id)),
    );
}
