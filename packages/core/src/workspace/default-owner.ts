import { and, eq, isNull } from 'drizzle-orm';
import { grantOwner, ownerGrantId, ownerIdOf } from '../approvers/owner-grant.ts';
import type { Clock } from '../clock.ts';
import type { Viewer } from '../domain.ts';
import { isNamedWorkspace } from '../installation/named-workspaces.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';

const { workspaces, people, approverGrants } = tables;

/**
 * Makes the workspace, its owner and the owner's right to decide where they are not there yet.
 * @returns whether nothing of it was there before, so that all that it holds was made here
 */
export async function ensureWorkspace(
  store: Store,
  workspaceId: string,
  clock: Clock,
): Promise<boolean> {
  const [present] = await store.read
    .select({ id: workspaces.id })
    .from(workspaces)
    // A workspace that an earlier version made has no such right yet; a revoked one is one.
    .innerJoin(approverGrants, eq(approverGrants.id, ownerGrantId(workspaceId)))
    .where(and(eq(workspaces.id, workspaceId), isNull(workspaces.deletingAt)));
  if (present !== undefined) return false;
  return store.transaction(async (transaction) => {
    const isNew = !(await isNamedWorkspace(transaction, workspaceId));
    await transaction
      .insert(workspaces)
      .values({ id: workspaceId, name: workspaceId, createdAt: clock.now() })
      .onConflictDoNothing();
    await transaction
      .insert(people)
      .values({
        id: ownerIdOf(workspaceId),
        workspaceId,
        displayName: 'Owner',
        role: 'admin',
        mergedIntoPersonId: null,
      })
      .onConflictDoNothing();
    await grantOwner(transaction, {
      workspaceId,
      personId: ownerIdOf(workspaceId),
      at: clock.now(),
    });
    return isNew;
  });
}

/** Returns the viewer that a terminal on this machine speaks for. */
export function ownerViewer(workspaceId: string): Extract<Viewer, { kind: 'person' }> {
  return { kind: 'person', personId: ownerIdOf(workspaceId), role: 'admin' };
}
