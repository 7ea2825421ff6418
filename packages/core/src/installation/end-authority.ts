import { and, eq, ne, or } from 'drizzle-orm';
import { ownerGrantId, ownerIdOf } from '../approvers/owner-grant.ts';
import { grantSubject } from '../approvers/record-grant.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { approverGrants, auditEntries, killSwitches, people } = tables;

/** A stop of actions in the store that was replaced. */
export type KeptStop = Omit<typeof killSwitches.$inferSelect, 'workspaceId'>;

/**
 * Refuses a store that gives the right with which a workspace begins to anybody but its owner: it counts
 * without being confirmed, because whoever has the machine has it.
 * @throws AdjutantError `StoreCorrupt`
 */
export async function refuseOtherOwner(transaction: Database, workspaceId: string): Promise<void> {
  const owner = ownerIdOf(workspaceId);
  const grants = await transaction
    .select({ personId: approverGrants.personId })
    .from(approverGrants)
    .where(eq(approverGrants.id, ownerGrantId(workspaceId)));
  const told = await transaction
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, grantSubject(ownerGrantId(workspaceId))),
        eq(auditEntries.event, 'approver.granted'),
      ),
    );
  const holders = [
    ...grants.map(({ personId }) => personId),
    ...told.map(({ detail }) => detail['personId']),
  ];
  if (holders.every((holder) => holder === owner)) return;
  throw new AdjutantError(
    'StoreCorrupt',
    'The store gives the right of its owner to somebody else, which Adjutant never does.',
    { hint: 'Whoever made the file changed it. Use a store or a backup of your own.' },
  );
}

/** Takes back every role above member but the owner's: it may have been taken back since. @returns how many */
export async function endRoles(
  transaction: Database,
  workspaceId: string,
  at: number,
): Promise<number> {
  const owner = ownerIdOf(workspaceId);
  const rows = await transaction
    .select({ id: people.id, role: people.role })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        or(
          and(ne(people.id, owner), ne(people.role, 'member')),
          and(eq(people.id, owner), ne(people.role, 'admin')),
        ),
      ),
    );
  for (const { id, role: was } of rows) {
    const role = id === owner ? 'admin' : 'member';
    await transaction
      .update(people)
      .set({ role })
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, id)));
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: 'system',
      event: 'people.role_changed',
      subject: `person:${id}`,
      detail: { was, role, reason: 'store_restored' },
    });
  }
  return rows.length;
}

/** Stops again what was stopped in the store that was replaced: nobody let it go on. @returns how many */
export async function keepStops(
  transaction: Database,
  workspaceId: string,
  { at, stops }: { at: number; stops: readonly KeptStop[] },
): Promise<number> {
  let kept = 0;
  for (const stop of stops) {
    const [row] = await transaction
      .insert(killSwitches)
      .values({ ...stop, workspaceId })
      .onConflictDoNothing()
      .returning();
    if (row === undefined) continue;
    kept += 1;
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: 'system',
      event: 'action.stopped',
      subject: stop.scope,
      detail: { reason: 'store_restored' },
    });
  }
  return kept;
}
