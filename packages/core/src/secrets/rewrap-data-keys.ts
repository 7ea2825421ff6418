import { and, eq, isNull } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { tables } from '../store/tables.ts';
import {
  currentKey,
  type DataKeyRow,
  liveDataKeys,
  openDataKey,
  retiredKeyIds,
} from './data-keys.ts';
import { retiredKey } from './secret-errors.ts';
import type { RewrapResult, Unreadable } from './secrets.ts';
import type { SecretsContext } from './secrets-context.ts';
import { unreadableOf } from './unreadable.ts';
import { wrapDataKey } from './wrap-data-key.ts';

const { dataKeys } = tables;

/** Wraps every data key of a workspace with the current key. Cut off, the next call does the rest. */
export async function rewrapDataKeys(context: SecretsContext): Promise<RewrapResult> {
  const { store, workspaceId } = context;
  const { keyId, key } = await currentKey(context.keyProvider);
  const retired = await retiredKeyIds(store.read, workspaceId);
  if (retired.has(keyId)) throw retiredKey(keyId);
  const unreadable: Unreadable[] = [];
  let rewrapped = 0;
  for (const row of await liveDataKeys(store.read, workspaceId)) {
    if (row.keyId === keyId) continue;
    try {
      const dataKey = await openDataKey(context, row, retired);
      const wrapped = wrapDataKey(key, dataKey, { workspaceId, dataKeyId: row.id, keyId });
      if (await replace(context, row, { keyId, wrapped })) rewrapped += 1;
    } catch (error) {
      unreadable.push(unreadableOf(row.id, error));
    }
  }
  return { keyId, rewrapped, unreadable };
}

async function replace(
  context: SecretsContext,
  row: DataKeyRow,
  next: { keyId: string; wrapped: string },
): Promise<boolean> {
  const { store, workspaceId, clock, actor } = context;
  return store.transaction(async (transaction) => {
    const changed = await transaction
      .update(dataKeys)
      .set(next)
      .where(
        and(
          eq(dataKeys.workspaceId, workspaceId),
          eq(dataKeys.id, row.id),
          eq(dataKeys.wrapped, row.wrapped),
          isNull(dataKeys.retiredAt),
        ),
      )
      .returning({ id: dataKeys.id });
    if (changed.length === 0) return false;
    // Checked here too: between reading and writing somebody may have retired it.
    if ((await retiredKeyIds(transaction, workspaceId)).has(next.keyId)) {
      throw retiredKey(next.keyId);
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: 'secrets.data_key_rewrapped',
      subject: row.id,
      detail: { from: row.keyId, to: next.keyId },
    });
    return true;
  });
}
