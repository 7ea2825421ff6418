import { desc, eq, inArray } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { IdentityChangeSummary } from '../workspace/handle.ts';

const { identityChanges, people } = tables;
const mostChanges = 200;

/** Returns the latest merges and splits with the names of both people, newest first. */
export async function listIdentityChanges(context: ReadContext): Promise<IdentityChangeSummary[]> {
  const { store, workspaceId } = context;
  const rows = await store.read
    .select()
    .from(identityChanges)
    .where(eq(identityChanges.workspaceId, workspaceId))
    .orderBy(desc(identityChanges.at), desc(identityChanges.id))
    .limit(mostChanges);
  const ids = rows.flatMap(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId]);
  const named = await store.read
    .select({ id: people.id, displayName: people.displayName })
    .from(people)
    .where(inArray(people.id, ids));
  const names = new Map(named.map(({ id, displayName }) => [id, displayName]));
  return rows.map(({ workspaceId: _, previousLinks: __, ...change }) => ({
    ...change,
    fromName: names.get(change.fromPersonId) ?? '',
    toName: names.get(change.toPersonId) ?? '',
    isAutomatic: change.actor.startsWith('rule:'),
  }));
}
