import { and, asc, eq, inArray } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { viewerLabel } from '../domain.ts';
import { withoutSecrets } from '../redaction/secrets-only.ts';
import { requireLead } from '../require-lead.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionScope } from './action-scope.ts';
import type { ActionStop } from './handle.ts';
import { requireDefinition } from './propose-action.ts';

const { killSwitches } = tables;

/** The scope of everything. */
export const everything = '*';

/** Stops every claim, or those of one type, until resumed. @throws AdjutantError `Permission`, `NotFound` (type) */
export async function stopActions(
  scope: ActionScope,
  stopped = everything,
  given?: string,
): Promise<void> {
  const reason = given === undefined ? undefined : withoutSecrets(given);
  requireLead(scope.viewer, 'stops actions');
  if (stopped !== everything) requireDefinition(scope.deps, stopped);
  const { deps, workspaceId, viewer } = scope;
  await deps.store.transaction(async (transaction) => {
    const at = deps.clock.now();
    const setBy = viewerLabel(viewer);
    const [row] = await transaction
      .insert(killSwitches)
      .values({ workspaceId, scope: stopped, setBy, setAt: at, reason: reason ?? null })
      .onConflictDoNothing()
      .returning();
    if (row === undefined) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: setBy,
      event: 'action.stopped',
      subject: stopped,
      ...(reason === undefined ? {} : { personal: { reason: reason.slice(0, 4_000) } }),
    });
  });
}

/** Lets claims begin again. @throws AdjutantError `Permission` */
export async function resumeActions(scope: ActionScope, stopped = everything): Promise<void> {
  requireLead(scope.viewer, 'lets actions run again');
  const { deps, workspaceId, viewer } = scope;
  await deps.store.transaction(async (transaction) => {
    const removed = await transaction
      .delete(killSwitches)
      .where(and(eq(killSwitches.workspaceId, workspaceId), eq(killSwitches.scope, stopped)))
      .returning();
    if (removed.length === 0) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at: deps.clock.now(),
      actor: viewerLabel(viewer),
      event: 'action.resumed',
      subject: stopped,
    });
  });
}

/** Returns what is stopped now, oldest first. */
export async function listStops({ deps, workspaceId }: ActionScope): Promise<ActionStop[]> {
  const rows = await deps.store.read
    .select()
    .from(killSwitches)
    .where(eq(killSwitches.workspaceId, workspaceId))
    .orderBy(asc(killSwitches.setAt), asc(killSwitches.scope));
  return rows.map(({ scope, setBy, setAt, reason }) => ({ scope, setBy, setAt, reason }));
}

/** Returns whether a type is stopped now. */
export async function isStopped(
  transaction: Database,
  workspaceId: string,
  type: string,
): Promise<boolean> {
  const rows = await transaction
    .select({ scope: killSwitches.scope })
    .from(killSwitches)
    .where(
      and(
        eq(killSwitches.workspaceId, workspaceId),
        inArray(killSwitches.scope, [everything, type]),
      ),
    );
  return rows.length > 0;
}
