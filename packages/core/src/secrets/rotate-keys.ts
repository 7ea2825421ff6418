import { and, asc, eq, gt, inArray, ne, notExists } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import {
  addDataKey,
  type DataKeyRow,
  liveDataKeys,
  openDataKey,
  retiredKeyIds,
  type UsableDataKey,
} from './data-keys.ts';
import { readCurrentKeyId } from './key-provider.ts';
import { openSecret, sealSecret, type SecretRow } from './seal-secret.ts';
import { missingDataKey } from './secret-errors.ts';
import type { RotationResult, Unreadable } from './secrets.ts';
import type { SecretsContext } from './secrets-context.ts';
import { unreadableOf } from './unreadable.ts';

const { dataKeys, secrets } = tables;
const batchSize = 50;

/** Called inside the transaction after each secret; for fault tests. */
export type AfterSecret = (reencrypted: number) => void;

/**
 * Stores every secret anew under a new data key, which the current key wraps. The old data keys go
 * when nothing hangs on them any more; until then both open.
 */
export async function rotateKeys(
  context: SecretsContext,
  afterSecret: AfterSecret = () => undefined,
): Promise<RotationResult> {
  const { store } = context;
  const { target, resumed } = await targetOf(context);
  const unreadable: Unreadable[] = [];
  let reencrypted = 0;
  for (let after = ''; ; ) {
    const old = await openOthers(context, target.row.id);
    const from = after;
    const batch = await store.transaction((transaction) =>
      moveBatch({ context, transaction, target, old, after: from }, (count) =>
        afterSecret(reencrypted + count),
      ),
    );
    reencrypted += batch.moved;
    unreadable.push(...batch.unreadable);
    if (batch.last === null) break;
    after = batch.last;
    await yieldToEventLoop();
  }
  const retiredDataKeys = await finish(context, target.row, reencrypted);
  const { id: dataKeyId, keyId } = target.row;
  return { dataKeyId, keyId, resumed, reencrypted, retiredDataKeys, unreadable };
}

/** Returns whether more than one data key is in use: a rotation was cut off, or left something. */
export async function hasUnfinishedRotation(context: SecretsContext): Promise<boolean> {
  return (await liveDataKeys(context.store.read, context.workspaceId)).length > 1;
}

/** A rotation that was cut off goes on under its own data key, unless the key outside is another one now. */
async function targetOf(
  context: SecretsContext,
): Promise<{ target: UsableDataKey; resumed: boolean }> {
  const { store, workspaceId } = context;
  const [newest, ...older] = await liveDataKeys(store.read, workspaceId);
  if (newest !== undefined && older.length > 0) {
    if (newest.keyId === (await readCurrentKeyId(context.keyProvider))) {
      const retired = await retiredKeyIds(store.read, workspaceId);
      const key = await openDataKey(context, newest, retired);
      return { target: { row: newest, key }, resumed: true };
    }
  }
  const target = await addDataKey(context, newest?.id ?? null, 'secrets.rotation_started');
  // Somebody else has begun one in the meantime: that one is gone on with.
  return target === null ? targetOf(context) : { target, resumed: false };
}

type OldKeys = ReadonlyMap<string, Uint8Array | AdjutantError>;

/** Opened before the transaction, in which only SQL may be awaited. */
async function openOthers(context: SecretsContext, targetId: string): Promise<OldKeys> {
  const { store, workspaceId } = context;
  const retired = await retiredKeyIds(store.read, workspaceId);
  const open = async (row: DataKeyRow): Promise<[string, Uint8Array | AdjutantError]> => {
    try {
      return [row.id, await openDataKey(context, row, retired)];
    } catch (error) {
      if (AdjutantError.isInstance(error)) return [row.id, error];
      throw error;
    }
  };
  const others = (await liveDataKeys(store.read, workspaceId)).filter(({ id }) => id !== targetId);
  return new Map(await Promise.all(others.map(open)));
}

interface Move {
  context: SecretsContext;
  transaction: Database;
  target: UsableDataKey;
  old: OldKeys;
  /** Names up to this one are done. */
  after: string;
}

async function moveBatch(move: Move, afterSecret: AfterSecret) {
  const { context, transaction, target, old, after } = move;
  const { workspaceId, clock, actor } = context;
  await refuseOvertaken(transaction, workspaceId, target.row.id);
  const rows = await transaction
    .select()
    .from(secrets)
    .where(
      and(
        eq(secrets.workspaceId, workspaceId),
        ne(secrets.dataKeyId, target.row.id),
        gt(secrets.name, after),
      ),
    )
    .orderBy(asc(secrets.name))
    .limit(batchSize);
  const unreadable: Unreadable[] = [];
  let moved = 0;
  for (const row of rows) {
    const sealed = resealed(row, old.get(row.dataKeyId), target);
    if ('unreadable' in sealed) {
      unreadable.push(sealed.unreadable);
      continue;
    }
    await transaction
      .update(secrets)
      .set(sealed.next)
      .where(and(eq(secrets.workspaceId, workspaceId), eq(secrets.name, row.name)));
    moved += 1;
    afterSecret(moved);
  }
  if (moved > 0) {
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: 'secrets.reencrypted',
      subject: target.row.id,
      detail: { count: moved },
    });
  }
  return { moved, unreadable, last: rows.at(-1)?.name ?? null };
}

function resealed(
  row: SecretRow,
  old: Uint8Array | AdjutantError | undefined,
  { row: { id: dataKeyId }, key }: UsableDataKey,
): { next: Partial<SecretRow> } | { unreadable: Unreadable } {
  try {
    if (old === undefined) throw missingDataKey(row.name);
    if (AdjutantError.isInstance(old)) throw old;
    const value = openSecret(old, row);
    const place = { workspaceId: row.workspaceId, name: row.name, dataKeyId };
    return { next: { dataKeyId, ...sealSecret(key, value, place) } };
  } catch (error) {
    return { unreadable: unreadableOf(row.name, error) };
  }
}

async function refuseOvertaken(
  transaction: Database,
  workspaceId: string,
  targetId: string,
): Promise<void> {
  const [newest] = await liveDataKeys(transaction, workspaceId);
  if (newest?.id === targetId) return;
  throw new AdjutantError('Conflict', 'Another process has begun a newer rotation of keys.', {
    hint: 'Everything is still readable. When that one is done, run: adjutant keys list',
  });
}

/** Gives up the data keys on which nothing hangs any more; what they were wrapped into goes with them. */
async function finish(
  context: SecretsContext,
  target: DataKeyRow,
  reencrypted: number,
): Promise<number> {
  const { store, workspaceId, clock, actor } = context;
  return store.transaction(async (transaction) => {
    // Older ones only: a newer one is the target of somebody else, who has not filled it yet.
    const older = (await liveDataKeys(transaction, workspaceId))
      .filter(({ createdAt }) => createdAt < target.createdAt)
      .map(({ id }) => id);
    if (older.length === 0) return 0;
    const using = transaction
      .select({ name: secrets.name })
      .from(secrets)
      .where(and(eq(secrets.workspaceId, workspaceId), eq(secrets.dataKeyId, dataKeys.id)));
    const retired = await transaction
      .update(dataKeys)
      .set({ retiredAt: clock.now(), wrapped: '' })
      .where(
        and(eq(dataKeys.workspaceId, workspaceId), inArray(dataKeys.id, older), notExists(using)),
      )
      .returning({ id: dataKeys.id });
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: 'secrets.rotation_finished',
      subject: target.id,
      detail: { reencrypted, retiredDataKeys: retired.map(({ id }) => id) },
    });
    return retired.length;
  });
}
