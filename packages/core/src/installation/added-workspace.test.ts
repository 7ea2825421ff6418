import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { PolicyEngine } from '../policy/policy-engine.ts';
import { openStore } from '../store/open-store.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createInstallationMemory } from '../testing/installation-memory.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import type { InstallationMemory } from './installation-memory.ts';
import { readChain } from './recognise-store.ts';

const clock = createFakeClock();
let folder: string;
let store: string;
let target: TestTarget;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-added-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  store = join(folder, 'store.db');
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
const type = createTestAction({ target: createTestTarget(), risk: 'low' }).id;

async function open(installation: InstallationMemory | null): Promise<Adjutant> {
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

/** Makes a workspace, and has something in it that policy lets run by itself. */
async function addWork(adjutant: Adjutant, workspaceId: string): Promise<string> {
  const handle = adjutant.workspace(workspaceId).as(await adjutant.owner(workspaceId));
  const payload = { text: workspaceId };
  return (await handle.actions.propose({ type, payload, idempotencyKey: 'one' })).id;
}

async function workUntil(adjutant: Adjutant, until: () => unknown): Promise<void> {
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  try {
    await vi.waitFor(
      async () => {
        clock.advance(500);
        await until();
      },
      { timeout: 30_000 },
    );
  } finally {
    stop.abort();
    await working;
  }
}

async function restoresIn(adjutant: Adjutant, workspaceId: string): Promise<unknown[]> {
  const handle = adjutant.workspace(workspaceId).as(await adjutant.owner(workspaceId));
  const { items } = await handle.audit.list({ event: 'store.restored' });
  return items.map(({ detail }) => detail);
}

test('a workspace that somebody adds to an open store has nothing sent, and is not known later', async () => {
  const memory = createInstallationMemory();
  const here = await open(memory);
  const other = await open(null);
  await addWork(other, 'ghost');
  await workUntil(here, async () => {
    expect(await restoresIn(here, 'ghost')).toMatchObject([{ reason: 'adopted' }]);
    // The store's own work goes on beside it.
    await addWork(here, 'default');
    expect(target.effects).toHaveLength(1);
  });
  expect(await restoresIn(here, 'default')).toEqual([]);
  await here.close();
  const again = await open(memory);
  expect(await restoresIn(again, 'ghost')).toMatchObject([
    { reason: 'adopted' },
    { reason: 'adopted' },
  ]);
  expect(await restoresIn(again, 'default')).toEqual([]);
});

test.each(['that works', 'beside it'])(
  'a workspace that this installation makes in a process %s is its own',
  async (where) => {
    const memory = createInstallationMemory();
    const here = await open(memory);
    await addWork(where === 'beside it' ? await open(memory) : here, 'second');
    await workUntil(here, () => expect(target.effects).toHaveLength(1));
    expect(await restoresIn(here, 'second')).toEqual([]);
  },
);

test('a workspace that is made where nothing can be remembered is its own all the same', async () => {
  const full = new Error('no room');
  const here = await open({
    load: async () => null,
    save: () => Promise.reject(full),
    adopts: () => false,
  });
  await addWork(here, 'default');
  await addWork(here, 'second');
  await workUntil(here, () => expect(target.effects).toHaveLength(2));
});

test('a workspace of which rows were there is none that was made here', async () => {
  const memory = createInstallationMemory();
  const here = await open(memory);
  const other = await open(null);
  await addWork(other, 'ghost');
  const file = new Database(store);
  file.exec("delete from workspaces where id = 'ghost'");
  file.close();
  await here.owner('ghost');
  await workUntil(here, async () => {
    expect(await restoresIn(here, 'ghost')).toMatchObject([{ reason: 'adopted' }]);
  });
  expect(target.effects).toEqual([]);
});

test('a ledger is not known by the name of another one', async () => {
  const here = await open(null);
  await here.owner('ghost');
  await here.close();
  const file = new Database(store);
  const [trigger] = file
    .prepare("select sql from sqlite_master where name = 'audit_entries_no_update'")
    .all() as { sql: string }[];
  file.exec('drop trigger audit_entries_no_update');
  file.exec(`update audit_entries set hash =
    (select hash from audit_entries where workspace_id = 'default' and seq = 1)
    where workspace_id = 'ghost' and seq = 1`);
  file.exec(trigger?.sql ?? '');
  file.close();
  const opened = await openStore(store);
  onTestFinished(() => opened.close());
  expect(await readChain(opened.read, 'default')).not.toBeNull();
  expect(await readChain(opened.read, 'ghost')).toBeNull();
});
