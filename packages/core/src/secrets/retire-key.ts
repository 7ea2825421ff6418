import { and, eq, isNull } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import { isKeyId, readCurrentKeyId, readKey } from './key-provider.ts';
import type { SecretsContext } from './secrets-context.ts';

const { dataKeys, retiredKeys } = tables;

/** Ends the use of a key from outside. @throws AdjutantError `Conflict`, `NotFound`, `InvalidInput` */
export async function retireKey(context: SecretsContext, keyId: string): Promise<void> {
  const { store, workspaceId, clock, actor } = context;
  if (!isKeyId(keyId)) {
    throw new AdjutantError('InvalidInput', 'That is not the id of a key.', {
      hint: 'Run: adjutant keys list',
    });
  }
  await refuseUnknown(context, keyId);
  if ((await readCurrentKeyId(context.keyProvider)) === keyId) {
    throw new AdjutantError('Conflict', `The key "${keyId}" is the current one.`, {
      hint: 'Make another key the current one first: adjutant keys rotate',
    });
  }
  await store.transaction(async (transaction) => {
    // In the whole store: the key is one, whichever workspace still hangs on it.
    const using = await transaction
      .select({ workspaceId: dataKeys.workspaceId })
      .from(dataKeys)
      .where(and(eq(dataKeys.keyId, keyId), isNull(dataKeys.retiredAt)));
    if (using.length > 0) throw inUse(keyId, using.length);
    const retired = await transaction
      .insert(retiredKeys)
      .values({ workspaceId, keyId, retiredAt: clock.now() })
      .onConflictDoNothing()
      .returning({ keyId: retiredKeys.keyId });
    if (retired.length === 0) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: 'secrets.key_retired',
      subject: keyId,
    });
  });
}

/** A mistyped id must not look like a key that is gone for good. */
async function refuseUnknown(context: SecretsContext, keyId: string): Promise<void> {
  const { store, workspaceId, keyProvider } = context;
  const [used] = await store.read
    .select({ id: dataKeys.id })
    .from(dataKeys)
    .where(and(eq(dataKeys.workspaceId, workspaceId), eq(dataKeys.keyId, keyId)))
    .limit(1);
  if (used !== undefined || (await readKey(keyProvider, keyId)) !== null) return;
  throw new AdjutantError('NotFound', `There is no key "${keyId}".`, {
    hint: 'Run: adjutant keys list',
  });
}

function inUse(keyId: string, count: number): AdjutantError {
  const what = count === 1 ? 'a data key' : `${count} data keys`;
  return new AdjutantError('Conflict', `The key "${keyId}" still protects ${what}.`, {
    hint: 'Make another key the current one, then: adjutant keys rewrap',
  });
}
