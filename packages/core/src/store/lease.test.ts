import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { acquireLease } from './lease.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

let store: Store;
let clock: FakeClock;
beforeEach(async () => {
  store = await openStore(':memory:');
  clock = createFakeClock();
});
afterEach(() => store.close());

const acquire = (holder?: string) =>
  acquireLease(store, {
    workspaceId: 'w',
    name: 'sync',
    durationMs: 1_000,
    clock,
    ...(holder === undefined ? {} : { holder }),
  });

test('a lease is held by one until it is released', async () => {
  const first = await acquire();
  expect(first).not.toBeNull();
  expect(await acquire()).toBeNull();
  await first?.release();
  expect(await acquire()).not.toBeNull();
});

test('a lease that ran out goes to the next, and its old holder cannot renew it', async () => {
  const first = await acquire();
  clock.advance(1_001);
  const second = await acquire();
  expect(second).not.toBeNull();
  expect(
    await store.transaction((transaction) => first?.renew(transaction) ?? Promise.resolve(true)),
  ).toBe(false);
  expect(
    await store.transaction((transaction) => second?.renew(transaction) ?? Promise.resolve(false)),
  ).toBe(true);
  await first?.release();
  expect(await acquire()).toBeNull();
});

test('a lease of a process that died on this machine is free at once', async () => {
  // Process ids stay below 2^22 on Linux and are never negative, so this one is nobody's.
  expect(await acquire(`${hostname()}|4194305|gone`)).not.toBeNull();
  expect(await acquire()).not.toBeNull();
});

test('a lease of another machine is respected until it runs out', async () => {
  expect(await acquire('elsewhere|1|alive')).not.toBeNull();
  expect(await acquire()).toBeNull();
  clock.advance(1_001);
  expect(await acquire()).not.toBeNull();
});
