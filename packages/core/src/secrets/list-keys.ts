import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { tables } from '../store/tables.ts';
import type { KeySummary } from './secrets.ts';
import type { SecretsContext } from './secrets-context.ts';

const { dataKeys, retiredKeys, secrets } = tables;

/** Returns the keys from outside that a workspace uses or has retired. */
export async function listKeys({ store, workspaceId }: SecretsContext): Promise<KeySummary[]> {
  const live = await store.read
    .select({ keyId: dataKeys.keyId, id: dataKeys.id, secrets: count(secrets.name) })
    .from(dataKeys)
    .leftJoin(
      secrets,
      and(eq(secrets.dataKeyId, dataKeys.id), eq(secrets.workspaceId, dataKeys.workspaceId)),
    )
    .where(and(eq(dataKeys.workspaceId, workspaceId), isNull(dataKeys.retiredAt)))
    .groupBy(dataKeys.keyId, dataKeys.id)
    .orderBy(asc(dataKeys.keyId), asc(dataKeys.id));
  const retired = await store.read
    .select()
    .from(retiredKeys)
    .where(eq(retiredKeys.workspaceId, workspaceId))
    .orderBy(asc(retiredKeys.keyId));
  const retiredAt = new Map(retired.map((row) => [row.keyId, row.retiredAt]));
  const ids = [...new Set([...live, ...retired].map(({ keyId }) => keyId))];
  return ids.map((keyId) => {
    const own = live.filter((row) => row.keyId === keyId);
    return {
      keyId,
      dataKeys: own.length,
      secrets: own.reduce((sum, row) => sum + row.secrets, 0),
      retiredAt: retiredAt.get(keyId) ?? null,
    };
  });
}
