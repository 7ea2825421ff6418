import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AdjutantError } from '../errors.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { exportWorkspace } from '../workspace/export-workspace.ts';
import { createSecrets } from './create-secrets.ts';
import { createKeyRing, type KeyRing, keyOf } from './testing/key-ring.ts';

const read = 'connector:github:read';
const write = 'connector:github:write';
const readValue = 'canary-read-value-1';
const writeValue = 'canary-write-value-2';

let store: Store;
let clock: FakeClock;
let keys: KeyRing;
beforeEach(async () => {
  clock = createFakeClock();
  store = await openStore(':memory:', { clock });
  keys = createKeyRing('k1');
});
afterEach(() => store.close());

const secretsOf = (workspaceId = 'w') =>
  createSecrets({ store, workspaceId, clock, keyProvider: keys, actor: 'person:ada' });

async function storeBoth(): Promise<void> {
  await secretsOf().put(read, readValue);
  await secretsOf().put(write, writeValue);
}

const rows = () => store.read.select().from(tables.secrets).orderBy(tables.secrets.name);
const ledger = () => store.read.select().from(tables.auditEntries).orderBy(tables.auditEntries.id);

/** Does what somebody with the store file can do to a row. */
async function change(
  name: string,
  set: Partial<typeof tables.secrets.$inferInsert>,
  workspaceId = 'w',
): Promise<void> {
  const { secrets } = tables;
  await store.transaction(async (transaction) => {
    await transaction
      .update(secrets)
      .set(set)
      .where(and(eq(secrets.workspaceId, workspaceId), eq(secrets.name, name)));
  });
}

async function failure(work: Promise<unknown>): Promise<{ code: string; text: string }> {
  try {
    await work;
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    const text = `${error.message} ${error.hint ?? ''}`;
    expect(text).not.toMatch(/canary/);
    return { code: error.code, text };
  }
  throw new Error('It was not refused.');
}

test('a secret is stored, replaced, listed without its value, and removed', async () => {
  const secrets = secretsOf();
  expect(await secrets.get(read)).toBeNull();
  await secrets.put(read, 'the first value');
  clock.advance(1_000);
  await secrets.put(read, readValue);
  expect(await secrets.get(read)).toBe(readValue);
  expect(await secrets.list()).toEqual([{ name: read, updatedAt: clock.now() }]);
  expect(await secrets.remove(read)).toBe(true);
  expect(await secrets.remove(read)).toBe(false);
  expect(await secrets.get(read)).toBeNull();
});

test('whatever text is stored comes back as it was', async () => {
  for (const value of ['x', ' spaces ', 'a\nb\r\n', 'ünï \u{1f511}', 'y'.repeat(65_536), '\0']) {
    await secretsOf().put(read, value);
    expect(await secretsOf().get(read)).toBe(value);
  }
});

test('the store, the ledger and an export hold no value and no key', async () => {
  await storeBoth();
  await secretsOf().remove(write);
  const exported: string[] = [];
  for await (const line of exportWorkspace(store, 'w')) exported.push(line);
  const all = JSON.stringify([
    await rows(),
    await store.read.select().from(tables.dataKeys),
    await ledger(),
  ]);
  for (const value of [readValue, writeValue, ...keys.keys.values()]) {
    for (const encoding of ['utf8', 'base64', 'hex'] as const) {
      expect(all).not.toContain(Buffer.from(value).toString(encoding));
    }
  }
  const [row] = await rows();
  expect(exported.join('\n')).not.toContain(row?.ciphertext);
  expect(exported.filter((line) => /^\["(secrets|data_keys|retired_keys)"/.test(line))).toEqual([]);
});

test('every change stands in the ledger, with who made it', async () => {
  await storeBoth();
  await secretsOf().put(read, 'another');
  await secretsOf().remove(read);
  const entries = await ledger();
  expect(entries.map(({ event, subject, actor }) => `${event} ${subject} ${actor}`)).toEqual([
    `secrets.data_key_created ${entries[0]?.subject} person:ada`,
    `secret.stored ${read} person:ada`,
    `secret.stored ${write} person:ada`,
    `secret.stored ${read} person:ada`,
    `secret.removed ${read} person:ada`,
  ]);
  expect(entries[3]?.detail).toMatchObject({ replaced: true });
});

test('ciphertexts swapped between two rows are refused', async () => {
  await storeBoth();
  const [first, second] = await rows();
  if (first === undefined || second === undefined) throw new Error('Two rows were stored.');
  const sealedOf = ({ nonce, ciphertext, tag }: typeof first) => ({ nonce, ciphertext, tag });
  await change(first.name, sealedOf(second));
  await change(second.name, sealedOf(first));
  for (const name of [read, write]) {
    const { code, text } = await failure(secretsOf().get(name));
    expect(code).toBe('StoreCorrupt');
    expect(text).toContain(`"${name}" was changed in the store, or moved there from another row`);
  }
});

test('a row of another workspace is refused, its data key included', async () => {
  await storeBoth();
  await secretsOf('other').put(read, 'of the other workspace');
  const theirs = (await rows()).find(({ workspaceId }) => workspaceId === 'other');
  if (theirs === undefined) throw new Error('It was stored.');
  const { dataKeyId, nonce, ciphertext, tag } = theirs;
  await change(read, { dataKeyId, nonce, ciphertext, tag });
  expect((await failure(secretsOf().get(read))).code).toBe('StoreCorrupt');
  await store.transaction(async (transaction) => {
    await transaction
      .update(tables.dataKeys)
      .set({ workspaceId: 'w' })
      .where(eq(tables.dataKeys.id, dataKeyId));
  });
  const { code, text } = await failure(secretsOf().get(read));
  expect(code).toBe('StoreCorrupt');
  expect(text).toContain('data key');
});

test('a truncated tag is refused, and the error says how long it is', async () => {
  await storeBoth();
  const [row] = await rows();
  const tag = Buffer.from(row?.tag ?? '', 'base64')
    .subarray(0, 4)
    .toString('base64');
  await change(read, { tag });
  const { code, text } = await failure(secretsOf().get(read));
  expect(code).toBe('StoreCorrupt');
  expect(text).toContain('a tag of 4 bytes instead of 16');
  expect(await secretsOf().get(write)).toBe(writeValue);
});

test('another key under the same id is refused as the wrong key', async () => {
  await storeBoth();
  keys.keys.set('k1', keyOf('another'));
  const { code, text } = await failure(secretsOf().get(read));
  expect(code).toBe('Configuration');
  expect(text).toContain('"k1" is not the one that the secrets were stored with');
  expect((await failure(secretsOf().put(read, 'new'))).code).toBe('Configuration');
});

test('a key that is not there is named, and nothing is stored under another one', async () => {
  await storeBoth();
  keys.keys.delete('k1');
  keys.keys.set('k2', keyOf('k2'));
  keys.current = 'k2';
  const { code, text } = await failure(secretsOf().get(read));
  expect(code).toBe('Configuration');
  expect(text).toContain('"k1", which protects stored secrets, is not there');
  expect((await failure(secretsOf().put(read, 'new'))).text).toContain('"k1"');
});

test('a retired key opens nothing, though the provider still has it and the row is put back', async () => {
  await storeBoth();
  const before = await rows();
  const wrapped = await store.read.select().from(tables.dataKeys);
  expect((await failure(secretsOf().retire('k1'))).text).toContain('is the current one');
  keys.keys.set('k2', keyOf('k2'));
  keys.current = 'k2';
  const inUse = await failure(secretsOf().retire('k1'));
  expect(inUse).toMatchObject({ code: 'Conflict' });
  expect(inUse.text).toContain('"k1" still protects a data key');
  await secretsOf().rotate();
  await secretsOf().retire('k1');
  expect(await secretsOf().get(read)).toBe(readValue);
  // Rows of an old copy of the store, put back by somebody who has it and the retired key.
  await store.transaction(async (transaction) => {
    await transaction.delete(tables.secrets);
    await transaction.insert(tables.secrets).values(before);
  });
  const givenUp = await failure(secretsOf().get(read));
  expect(givenUp.text).toContain('a data key that has been retired since');
  await store.transaction(async (transaction) => {
    await transaction.delete(tables.dataKeys);
    await transaction.insert(tables.dataKeys).values(wrapped);
  });
  const retired = await failure(secretsOf().get(read));
  expect(retired.code).toBe('Configuration');
  expect(retired.text).toContain('"k1" was retired');
  // Neither may it come back as the current one.
  await store.transaction(async (transaction) => {
    await transaction.delete(tables.dataKeys);
  });
  keys.current = 'k1';
  expect((await failure(secretsOf().put(read, 'new'))).text).toContain('"k1" was retired');
});

test('a key that another workspace hangs on is not retired', async () => {
  await secretsOf('other').put(read, 'x');
  keys.keys.set('k2', keyOf('k2'));
  keys.current = 'k2';
  expect((await failure(secretsOf().retire('k1'))).code).toBe('Conflict');
  expect((await failure(secretsOf().retire('k9'))).code).toBe('NotFound');
});

test('a changed data key is told from a wrong key', async () => {
  await storeBoth();
  const [dataKey] = await store.read.select().from(tables.dataKeys);
  const parts = (dataKey?.wrapped ?? '').split('.');
  parts[3] = Buffer.alloc(32).toString('base64');
  for (const wrapped of [parts.join('.'), '', 'rubbish']) {
    await store.transaction(async (transaction) => {
      await transaction.update(tables.dataKeys).set({ wrapped });
    });
    const { code, text } = await failure(secretsOf().get(read));
    expect(code).toBe('StoreCorrupt');
    expect(text).toContain('was changed in the store');
  }
});

test('rewrapping moves data keys to the current key and touches no secret', async () => {
  await storeBoth();
  const before = await rows();
  keys.keys.set('k2', keyOf('k2'));
  keys.current = 'k2';
  expect(await secretsOf().rewrap()).toEqual({ keyId: 'k2', rewrapped: 1, unreadable: [] });
  expect(await secretsOf().rewrap()).toMatchObject({ rewrapped: 0 });
  expect(await rows()).toEqual(before);
  await secretsOf().retire('k1');
  keys.keys.delete('k1');
  expect(await secretsOf().get(read)).toBe(readValue);
  expect(await secretsOf().keys()).toEqual([
    { keyId: 'k2', dataKeys: 1, secrets: 2, retiredAt: null },
    { keyId: 'k1', dataKeys: 0, secrets: 0, retiredAt: clock.now() },
  ]);
});

test('rewrapping without the old key says which data key stays', async () => {
  await storeBoth();
  keys.keys.delete('k1');
  keys.keys.set('k2', keyOf('k2'));
  keys.current = 'k2';
  const { rewrapped, unreadable } = await secretsOf().rewrap();
  expect(rewrapped).toBe(0);
  expect(unreadable.map(({ message }) => message)).toEqual([expect.stringContaining('"k1"')]);
});

test('a workspace sees no secret of another', async () => {
  await storeBoth();
  expect(await secretsOf('other').get(read)).toBeNull();
  expect(await secretsOf('other').list()).toEqual([]);
  expect(await secretsOf('other').remove(read)).toBe(false);
  expect(await secretsOf().get(read)).toBe(readValue);
});

test('what is no name or no secret is refused without being quoted', async () => {
  for (const name of ['', 'canary with spaces', 'canary\n', ':a', 'a:', 'a@b@c', 'x'.repeat(201)]) {
    expect((await failure(Promise.resolve().then(() => secretsOf().put(name, 'v')))).code).toBe(
      'InvalidInput',
    );
  }
  for (const value of ['', 'z'.repeat(65_537), 'canary\ud800']) {
    expect((await failure(Promise.resolve().then(() => secretsOf().put(read, value)))).code).toBe(
      'InvalidInput',
    );
  }
});

test('what a host’s provider throws is not repeated', async () => {
  keys.key = () => Promise.reject(new Error('canary: here is the key'));
  const { code, text } = await failure(secretsOf().put(read, 'v'));
  expect(code).toBe('Configuration');
  expect(text).toContain('The key provider failed');
  keys.key = async () => new Uint8Array(16);
  expect((await failure(secretsOf().put(read, 'v'))).text).toContain('not 32 bytes');
});
