import { and, eq } from 'drizzle-orm';
import { createIdentifier } from '../store/identifier.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';

const { teams } = tables;

/** Returns the id of the team that owns whatever no other team does; null before its first use. */
export async function findDefaultTeam(
  { read }: Pick<Store, 'read'>,
  workspaceId: string,
): Promise<string | null> {
  const [present] = await read
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.workspaceId, workspaceId), eq(teams.key, 'default')));
  return present?.id ?? null;
}

/** Returns the id of the team that owns whatever no other team does, making it on first use. */
export async function ensureDefaultTeam(store: Store, workspaceId: string): Promise<string> {
  const key = and(eq(teams.workspaceId, workspaceId), eq(teams.key, 'default'));
  const present = await findDefaultTeam(store, workspaceId);
  if (present !== null) return present;
  return store.transaction(async (transaction) => {
    const [raced] = await transaction.select({ id: teams.id }).from(teams).where(key);
    if (raced !== undefined) return raced.id;
    const id = createIdentifier();
    await transaction.insert(teams).values({
      id,
      workspaceId,
      key: 'default',
      name: 'Everyone',
      parentTeamId: null,
      origin: 'default',
    });
    return id;
  });
}
