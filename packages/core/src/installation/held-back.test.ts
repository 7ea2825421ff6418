import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { PolicyEngine } from '../policy/policy-engine.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createInstallationMemory } from '../testing/installation-memory.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import type { InstallationMemory } from './installation-memory.ts';

const server = vi.hoisted(() => ({ file: '' }));
// What a server answers with: a database that several machines open by one address.
vi.mock('../store/remote-client.ts', async () => {
  const { openLocalClient } = await import('../store/local-client.ts');
  return { openRemoteClient: () => openLocalClient(server.file) };
});

const clock = createFakeClock();
let folder: string;
let target: TestTarget;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-held-back-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  server.file = join(folder, 'server.db');
  target = createTestTarget();
});

const autoPolicy: PolicyEngine = {
  hash: 'test',
  evaluate: ({ risk }) => ({
    mode: 'auto',
    risk,
    quorum: 0,
    declineThreshold: 1,
    assurance: 'cooperative',
    reasons: [],
    pendingTtlMs: 3_600_000,
    approvedTtlMs: 3_600_000,
    escalateAt: [],
    monthlyCostLimitUsd: null,
  }),
};

async function open(store: string, installation: InstallationMemory | null): Promise<Adjutant> {
  const adjutant = await createAdjutant({
    store,
    clock,
    policy: autoPolicy,
    actions: [createTestAction({ target, risk: 'low' })],
    ...(installation === null ? {} : { installation }),
  });
  onTestFinished(() => adjutant.close());
  return adjutant;
}

/** Somebody else's machine: it approves something, makes a token, and goes. */
async function approveElsewhere(store: string): Promise<string> {
  const other = await open(store, null);
  const owner = await other.owner();
  const { token } = await other.accessTokens(owner).create({ name: 'a', scopes: ['read'] });
  const handle = other.workspace().as(owner);
  const type = createTestAction({ target, risk: 'low' }).id;
  const { id } = await handle.actions.propose({
    type,
    payload: { text: 'x' },
    idempotencyKey: 'one',
  });
  expect(id).not.toBe('');
  await other.close();
  return token;
}

async function workFor(adjutant: Adjutant, until: () => unknown): Promise<void> {
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  try {
    await vi.waitFor(until, { timeout: 20_000 });
  } finally {
    stop.abort();
    await working;
  }
}

const remote = 'libsql://db.example.com';

async function restores(adjutant: Adjutant): Promise<number> {
  const handle = adjutant.workspace().as(await adjutant.owner());
  return (await handle.audit.list({ event: 'store.restored' })).items.length;
}

/** Long enough for several sweeps over what is due. */
async function workForSweeps(adjutant: Adjutant): Promise<void> {
  const before = clock.now();
  await workFor(adjutant, () => {
    clock.advance(1_000);
    expect(clock.now()).toBeGreaterThan(before + 30_000);
  });
}

describe.each([
  ['that nobody adopted', false],
  ['that was adopted', true],
])('a store on a server %s', (_, adopts) => {
  test('is not set back, and its approvals are carried out only where it was adopted', async () => {
    const token = await approveElsewhere(remote);
    const here = await open(remote, createInstallationMemory({ adopts }));
    expect(here.isHeldBack()).toBe(!adopts);
    if (adopts) await workFor(here, () => expect(target.effects).toHaveLength(1));
    else await workForSweeps(here);
    expect(target.effects).toHaveLength(adopts ? 1 : 0);
    // A colleague's token and approvals stay as they were.
    expect(await here.verifyAccessToken(token)).not.toBeNull();
    expect(await restores(here)).toBe(0);
  });
});

test('a store on a server is held back also where this installation made it, or opened it before', async () => {
  const memory = createInstallationMemory();
  const first = await open(remote, memory);
  expect(first.isHeldBack()).toBe(true);
  await first.close();
  expect(memory.farthest()).toBe(0);
  await approveElsewhere(remote);
  const again = await open(remote, memory);
  await workForSweeps(again);
  expect(target.effects).toEqual([]);
});

test('what one machine holds back another one that adopted the store carries out', async () => {
  await approveElsewhere(remote);
  const joined = await open(remote, createInstallationMemory());
  await workForSweeps(joined);
  await joined.close();
  const team = await open(remote, createInstallationMemory({ adopts: true }));
  await workFor(team, () => expect(target.effects).toHaveLength(1));
});

test('a store in a file is set back once and then worked for, and a program without memory believes', async () => {
  const file = join(folder, 'a.db');
  await approveElsewhere(file);
  const here = await open(file, createInstallationMemory());
  expect(here.isHeldBack()).toBe(false);
  expect(await restores(here)).toBe(1);
  expect((await open(remote, null)).isHeldBack()).toBe(false);
});
