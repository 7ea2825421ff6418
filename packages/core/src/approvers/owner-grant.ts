import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { recordGrant } from './record-grant.ts';

/** Accounts that Adjutant itself made, such as the owner of an embedded workspace. */
export const localAccountSource = 'adjutant';

/** Gives the owner of a workspace the right to decide, once; a revoked right stays revoked. */
export async function grantOwner(
  transaction: Database,
  owner: { workspaceId: string; personId: string; at: number },
): Promise<void> {
  const { workspaceId, personId, at } = owner;
  const [grant] = await transaction
    .insert(tables.approverGrants)
    .values({
      id: ownerGrantId(workspaceId),
      workspaceId,
      accountSource: localAccountSource,
      accountExternalId: personId,
      personId,
      scope: '*',
      escalationLevel: 0,
      grantedBy: 'system',
      grantedAt: at,
      revokedAt: null,
    })
    .onConflictDoNothing()
    .returning();
  if (grant !== undefined) await recordGrant(transaction, grant);
}

/** Returns who owns a workspace: the person that the embedded default makes, the one at the terminal. */
export function ownerIdOf(workspaceId: string): string {
  return `owner:${workspaceId}`;
}

/** Returns the id of the grant that a workspace starts with. */
export function ownerGrantId(workspaceId: string): string {
  return `owner:${workspaceId}`;
}
