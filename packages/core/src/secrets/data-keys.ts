import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { type KeyProvider, readCurrentKeyId, readKey } from './key-provider.ts';
import { changedDataKey, missingKey, retiredKey, wrongKey } from './secret-errors.ts';
import type { SecretsContext } from './secrets-context.ts';
import { createDataKey, unwrapDataKey, wrapDataKey } from './wrap-data-key.ts';

const { dataKeys, retiredKeys } = tables;

export type DataKeyRow = typeof dataKeys.$inferSelect;

/** A data key that can be used now. */
export interface UsableDataKey {
  row: DataKeyRow;
  key: Uint8Array;
}

/** Returns the data keys that are not retired, the newest first: that one is written with. */
export async function liveDataKeys(
  database: Database,
  workspaceId: string,
): Promise<readonly DataKeyRow[]> {
  return database
    .select()
    .from(dataKeys)
    .where(and(eq(dataKeys.workspaceId, workspaceId), isNull(dataKeys.retiredAt)))
    .orderBy(desc(dataKeys.createdAt), desc(dataKeys.id));
}

/** Returns the ids of the keys from outside that were retired. */
export async function retiredKeyIds(
  database: Database,
  workspaceId: string,
): Promise<ReadonlySet<string>> {
  const rows = await database
    .select({ keyId: retiredKeys.keyId })
    .from(retiredKeys)
    .where(eq(retiredKeys.workspaceId, workspaceId))
    .orderBy(asc(retiredKeys.keyId));
  return new Set(rows.map(({ keyId }) => keyId));
}

/**
 * Returns the data key of a row, unwrapped. It is kept by nobody: a key that is taken away or retired
 * opens nothing from the next call on.
 * @throws AdjutantError `Configuration` (missing, wrong or retired key), `StoreCorrupt`
 */
export async function openDataKey(
  context: Pick<SecretsContext, 'workspaceId' | 'keyProvider'>,
  row: DataKeyRow,
  retired: ReadonlySet<string>,
): Promise<Uint8Array> {
  if (retired.has(row.keyId)) throw retiredKey(row.keyId);
  const key = await readKey(context.keyProvider, row.keyId);
  if (key === null) throw missingKey(row.keyId);
  const place = { workspaceId: context.workspaceId, dataKeyId: row.id, keyId: row.keyId };
  const unwrapped = unwrapDataKey(key, row.wrapped, place);
  if (unwrapped.ok) return unwrapped.dataKey;
  throw unwrapped.problem === 'wrong_key' ? wrongKey(row.keyId) : changedDataKey(row.id);
}

/** Returns the data key to write with, made now where there is none. */
export async function writingDataKey(context: SecretsContext): Promise<UsableDataKey> {
  const { store, workspaceId } = context;
  const [newest] = await liveDataKeys(store.read, workspaceId);
  const usable =
    newest === undefined ? await addDataKey(context, null, 'secrets.data_key_created') : null;
  if (usable !== null) return usable;
  // There is one, or another process has just made one.
  const [row] = await liveDataKeys(store.read, workspaceId);
  if (row === undefined) return writingDataKey(context);
  const retired = await retiredKeyIds(store.read, workspaceId);
  return { row, key: await openDataKey(context, row, retired) };
}

/**
 * Returns a new data key under the current key, or null where the newest one is no longer the one
 * that the caller has seen.
 */
export async function addDataKey(
  context: SecretsContext,
  seenNewestId: string | null,
  event: string,
): Promise<UsableDataKey | null> {
  const { store, workspaceId, clock, actor } = context;
  const { keyId, key: outer } = await currentKey(context.keyProvider);
  const id = createIdentifier();
  const key = createDataKey();
  const wrapped = wrapDataKey(outer, key, { workspaceId, dataKeyId: id, keyId });
  return store.transaction(async (transaction) => {
    const [newest] = await liveDataKeys(transaction, workspaceId);
    if ((newest?.id ?? null) !== seenNewestId) return null;
    if ((await retiredKeyIds(transaction, workspaceId)).has(keyId)) throw retiredKey(keyId);
    // Newer than the newest, even where the clock went back.
    const createdAt = Math.max(clock.now(), (newest?.createdAt ?? 0) + 1);
    const row: DataKeyRow = { id, workspaceId, keyId, wrapped, createdAt, retiredAt: null };
    await transaction.insert(dataKeys).values(row);
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event,
      subject: id,
      detail: { keyId },
    });
    return { row, key };
  });
}

/** Returns the current key from outside. @throws AdjutantError `Configuration` */
export async function currentKey(
  provider: KeyProvider,
): Promise<{ keyId: string; key: Uint8Array }> {
  const keyId = await readCurrentKeyId(provider);
  const key = await readKey(provider, keyId);
  if (key === null) throw missingKey(keyId);
  return { keyId, key };
}
