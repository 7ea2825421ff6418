import { and, asc, eq } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import { openDataKey, liveDataKeys, retiredKeyIds, writingDataKey } from './data-keys.ts';
import { listKeys } from './list-keys.ts';
import { retireKey } from './retire-key.ts';
import { renewSecret } from './renew-secret.ts';
import { rewrapDataKeys } from './rewrap-data-keys.ts';
import { hasUnfinishedRotation, rotateKeys } from './rotate-keys.ts';
import { openSecret, sealSecret } from './seal-secret.ts';
import { missingDataKey, retiredDataKey } from './secret-errors.ts';
import { checkSecretName, checkSecretValue } from './secret-name.ts';
import type { SecretsContext, SecretsOptions } from './secrets-context.ts';
import type { Secrets } from './secrets.ts';

const { dataKeys, secrets } = tables;
const mostAttempts = 5;

/**
 * Returns the secrets of one workspace: encrypted in the store, each bound to its row, under keys
 * that never stand in the store.
 */
export function createSecrets(options: SecretsOptions): Secrets {
  const context: SecretsContext = { actor: 'system', onValue: () => undefined, ...options };
  return {
    put: (name, value) => put(context, checkSecretName(name), checkSecretValue(value)),
    get: (name) => get(context, checkSecretName(name)),
    renew(name, renewal) {
      const checked = checkSecretName(name);
      return renewSecret(context, checked, renewal, {
        get: () => get(context, checked),
        probe: () => probe(context, checked),
        put: (value) => put(context, checked, checkSecretValue(value)),
      });
    },
    remove: (name) => remove(context, checkSecretName(name)),
    list: () => list(context),
    keys: () => listKeys(context),
    rotate: () => rotateKeys(context),
    hasUnfinishedRotation: () => hasUnfinishedRotation(context),
    rewrap: () => rewrapDataKeys(context),
    retire: (keyId) => retireKey(context, keyId),
  };
}

async function put(context: SecretsContext, name: string, value: string): Promise<void> {
  const { store, workspaceId, clock, actor } = context;
  context.onValue(value);
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const { row: dataKey, key } = await writingDataKey(context);
    const place = { workspaceId, name, dataKeyId: dataKey.id };
    const stored = { ...place, ...sealSecret(key, Buffer.from(value), place) };
    const isStored = await store.transaction(async (transaction) => {
      // A rotation may have begun since: what is written now belongs under its key.
      const [newest] = await liveDataKeys(transaction, workspaceId);
      if (newest?.id !== dataKey.id) return false;
      const updatedAt = clock.now();
      const [present] = await transaction
        .select({ name: secrets.name })
        .from(secrets)
        .where(whereName(workspaceId, name));
      await transaction
        .insert(secrets)
        .values({ ...stored, updatedAt })
        .onConflictDoUpdate({
          target: [secrets.workspaceId, secrets.name],
          set: { ...stored, updatedAt },
        });
      await appendAuditEntry(transaction, {
        workspaceId,
        at: updatedAt,
        actor,
        event: 'secret.stored',
        subject: name,
        detail: { dataKeyId: dataKey.id, replaced: present !== undefined },
      });
      return true;
    });
    if (isStored) return;
  }
  throw new AdjutantError('StoreBusy', 'Keys were changed again and again while storing.', {
    hint: 'Wait until the rotation of keys is done and try again.',
  });
}

/** Seals a value as `put` would, and keeps nothing of it. @throws whatever would keep `put` from it */
async function probe(context: SecretsContext, name: string): Promise<void> {
  const { workspaceId } = context;
  const { row, key } = await writingDataKey(context);
  sealSecret(key, Buffer.from('probe'), { workspaceId, name, dataKeyId: row.id });
}

async function get(context: SecretsContext, name: string): Promise<string | null> {
  const { store, workspaceId } = context;
  // One statement: between two a rotation could move the secret to another key.
  const [found] = await store.read
    .select({ secret: secrets, dataKey: dataKeys })
    .from(secrets)
    .leftJoin(
      dataKeys,
      and(eq(dataKeys.id, secrets.dataKeyId), eq(dataKeys.workspaceId, secrets.workspaceId)),
    )
    .where(whereName(workspaceId, name));
  if (found === undefined) return null;
  const { secret, dataKey } = found;
  if (dataKey === null) throw missingDataKey(name);
  if (dataKey.retiredAt !== null) throw retiredDataKey(name);
  const retired = await retiredKeyIds(store.read, workspaceId);
  const value = openSecret(await openDataKey(context, dataKey, retired), secret).toString();
  context.onValue(value);
  return value;
}

async function remove(context: SecretsContext, name: string): Promise<boolean> {
  const { store, workspaceId, clock, actor } = context;
  return store.transaction(async (transaction) => {
    const removed = await transaction
      .delete(secrets)
      .where(whereName(workspaceId, name))
      .returning({ name: secrets.name });
    if (removed.length === 0) return false;
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: 'secret.removed',
      subject: name,
    });
    return true;
  });
}

async function list({ store, workspaceId }: SecretsContext) {
  return store.read
    .select({ name: secrets.name, updatedAt: secrets.updatedAt })
    .from(secrets)
    .where(eq(secrets.workspaceId, workspaceId))
    .orderBy(asc(secrets.name));
}

function whereName(workspaceId: string, name: string) {
  return and(eq(secrets.workspaceId, workspaceId), eq(secrets.name, name));
}
