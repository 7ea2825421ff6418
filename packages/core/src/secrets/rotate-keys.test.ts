import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createSecrets } from './create-secrets.ts';
import { createKeyRing } from './testing/key-ring.ts';

const clock = createFakeClock();
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  path = join(folder, 'secrets.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nameOf = (number: number) => `connector:system-${number}:read`;
const valueOf = (number: number) => `value ${number}`;

async function withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore(path, { clock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const secretsIn = (store: Store, keys = createKeyRing('k2', 'k1')) =>
  createSecrets({ store, workspaceId: 'w', clock, keyProvider: keys });

async function fill(count: number): Promise<void> {
  await withStore(async (store) => {
    const secrets = secretsIn(store, createKeyRing('k1'));
    for (let number = 0; number < count; number += 1) {
      await secrets.put(nameOf(number), valueOf(number));
    }
  });
}

/** Rotates in a process of its own, which kills itself after so many secrets. */
async function rotateAndDie(dieAfter: number): Promise<NodeJS.Signals | null> {
  const script = join(import.meta.dirname, 'testing', 'rotate-child.ts');
  const child = spawn(
    process.execPath,
    ['--conditions=@adjutant/source', script, path, String(dieAfter)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

async function shares(store: Store): Promise<number[]> {
  const rows = await store.read.select().from(tables.secrets);
  const counts = new Map<string, number>();
  for (const { dataKeyId } of rows) counts.set(dataKeyId, (counts.get(dataKeyId) ?? 0) + 1);
  return [...counts.values()].toSorted((a, b) => a - b);
}

async function expectAll(store: Store, count: number): Promise<void> {
  const secrets = secretsIn(store);
  for (let number = 0; number < count; number += 1) {
    expect(await secrets.get(nameOf(number))).toBe(valueOf(number));
  }
}

test('a rotation of 1,000 secrets goes on after it was killed, and every one stays readable', async () => {
  await fill(1_000);
  // In the middle of a batch, so that what it had begun is undone with it; then again.
  expect(await rotateAndDie(433)).toBe('SIGKILL');
  await withStore(async (store) => {
    expect(await shares(store)).toEqual([400, 600]);
    expect(await secretsIn(store).hasUnfinishedRotation()).toBe(true);
    await expectAll(store, 1_000);
  });
  expect(await rotateAndDie(275)).toBe('SIGKILL');
  await withStore(async (store) => {
    expect(await shares(store)).toEqual([350, 650]);
    const secrets = secretsIn(store);
    await secrets.put(nameOf(999), 'set between');
    expect(await secrets.rotate()).toMatchObject({
      keyId: 'k2',
      resumed: true,
      reencrypted: 349,
      retiredDataKeys: 1,
      unreadable: [],
    });
    expect(await shares(store)).toEqual([1_000]);
    expect(await secrets.get(nameOf(999))).toBe('set between');
    await expectAll(store, 999);
    await secrets.retire('k1');
    // The old key is in no use any more: everything opens without it.
    const alone = secretsIn(store, createKeyRing('k2'));
    expect(await alone.get(nameOf(0))).toBe(valueOf(0));
    const dataKeys = await store.read.select().from(tables.dataKeys);
    expect(dataKeys.filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1);
    expect(dataKeys.find(({ retiredAt }) => retiredAt !== null)?.wrapped).toBe('');
  });
}, 120_000);

test('a finished rotation is followed by another one, not gone on with', async () => {
  await fill(3);
  await withStore(async (store) => {
    const secrets = secretsIn(store);
    const first = await secrets.rotate();
    const second = await secrets.rotate();
    expect([first, second]).toMatchObject([
      { resumed: false, reencrypted: 3, retiredDataKeys: 1 },
      { resumed: false, reencrypted: 3, retiredDataKeys: 1 },
    ]);
    expect(second.dataKeyId).not.toBe(first.dataKeyId);
    await expectAll(store, 3);
  });
});

test('two rotations at the same time end with every secret under one key', async () => {
  await fill(120);
  await withStore(async (first) =>
    withStore(async (second) => {
      const results = await Promise.all([secretsIn(first).rotate(), secretsIn(second).rotate()]);
      expect(results.flatMap(({ unreadable }) => unreadable)).toEqual([]);
      expect(await secretsIn(first).hasUnfinishedRotation()).toBe(false);
      expect(await shares(first)).toEqual([120]);
      await expectAll(first, 120);
    }),
  );
});

test('a damaged secret is named and left, and does not hold up the others', async () => {
  await fill(60);
  await withStore(async (store) => {
    await store.transaction(async (transaction) => {
      const { secrets } = tables;
      const [row] = await transaction.select().from(secrets).limit(1);
      await transaction.insert(secrets).values({ ...(row ?? failed()), name: 'planted' });
    });
    const secrets = secretsIn(store);
    const result = await secrets.rotate();
    expect(result).toMatchObject({ reencrypted: 60, retiredDataKeys: 0 });
    expect(result.unreadable).toEqual([
      { name: 'planted', message: expect.stringContaining('moved there'), hint: expect.anything() },
    ]);
    await secrets.remove('planted');
    expect(await secrets.rotate()).toMatchObject({ resumed: true, retiredDataKeys: 1 });
  });
});

test('the ledger tells how many were stored anew, and no name with it', async () => {
  await fill(120);
  await withStore(async (store) => {
    await secretsIn(store).rotate();
    const entries = await store.read
      .select()
      .from(tables.auditEntries)
      .orderBy(tables.auditEntries.id);
    expect(entries.slice(-5).map(({ event, detail }) => [event, detail['count']])).toEqual([
      ['secrets.rotation_started', undefined],
      ['secrets.reencrypted', 50],
      ['secrets.reencrypted', 50],
      ['secrets.reencrypted', 20],
      ['secrets.rotation_finished', undefined],
    ]);
  });
});

function failed(): never {
  throw new Error('There is no such row.');
}
