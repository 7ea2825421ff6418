import { and, eq, isNull } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import type { Viewer } from '../domain.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';

const { workspaces, people } = tables;

/** The person that the embedded default makes: the one at the terminal. */
const ownerPersonId = 'owner';

/** Makes the workspace and its owner where they are not there yet. */
export async function ensureWorkspace(
  store: Store,
  workspaceId: string,
  clock: Clock,
): Promise<void> {
  const [present] = await store.read
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(eq(workspaces.id, workspaceId), isNull(workspaces.deletingAt)));
  if (present !== undefined) return;
  await store.transaction(async (transaction) => {
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
  });
}

/** Returns the viewer that a terminal on this machine speaks for. */
export function ownerViewer(workspaceId: string): Viewer {
  return { kind: 'person', personId: ownerIdOf(workspaceId), role: 'admin' };
}

function ownerIdOf(workspaceId: string): string {
  return `${ownerPersonId}:${workspaceId}`;
}
