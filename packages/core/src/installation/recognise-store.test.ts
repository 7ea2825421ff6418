import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { PolicyEngine } from '../policy/policy-engine.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createInstallationMemory } from '../testing/installation-memory.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import type { InstallationMemory } from './installation-memory.ts';

let folder: string;
let memory: ReturnType<typeof createInstallationMemory>;
let target: TestTarget;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-installation-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  memory = createInstallationMemory();
  target = createTestTarget();
});

const clock = createFakeClock();

async function open(
  name: string,
  installation: InstallationMemory | null = memory,
): Promise<Adjutant> {
  const adjutant = await createAdjutant({
    store: join(folder, name),
    clock,
    actions: [createTestAction({ target })],
    ...(installation === null ? {} : { installation }),
  });
  onTestFinished(() => adjutant.close());
  return adjutant;
}

async function tokenOf(adjutant: Adjutant): Promise<string> {
  const tokens = adjutant.accessTokens(await adjutant.owner());
  return (await tokens.create({ name: 'script', scopes: ['read'] })).token;
}

async function restoresIn(adjutant: Adjutant): Promise<unknown[]> {
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { items } = await handle.audit.list({ event: 'store.restored' });
  expect(await handle.audit.verify()).toMatchObject({ ok: true, findings: [] });
  return items.map(({ detail }) => detail);
}

async function copyAs(adjutant: Adjutant, name: string): Promise<void> {
  await adjutant.data(await adjutant.owner()).backup(join(folder, name));
}

describe('a store that is opened', () => {
  test('where it was made, again and again, and by several at once, is as it was left', async () => {
    const first = await open('a.db');
    const token = await tokenOf(first);
    const second = await open('a.db');
    await tokenOf(second);
    await first.close();
    await tokenOf(second);
    await second.close();
    const third = await open('a.db');
    expect(await restoresIn(third)).toEqual([]);
    expect(await third.verifyAccessToken(token)).not.toBeNull();
  });

  test('from another path is known again', async () => {
    const adjutant = await open('a.db');
    const token = await tokenOf(adjutant);
    await copyAs(adjutant, 'elsewhere.db');
    // What the backup itself wrote down is the only entry more: the copy stands in for a moved file.
    const moved = await open('elsewhere.db');
    expect(await restoresIn(moved)).toEqual([]);
    expect(await moved.verifyAccessToken(token)).not.toBeNull();
  });

  test('by a program that crashed before it could write down how far it came, is ahead and no more', async () => {
    const lagging = createInstallationMemory();
    const adjutant = await open('a.db', lagging);
    const before = lagging.copy();
    const token = await tokenOf(adjutant);
    await adjutant.close();
    const again = await open('a.db', before);
    expect(await restoresIn(again)).toEqual([]);
    expect(await again.verifyAccessToken(token)).not.toBeNull();
  });

  test('that is older than remembered opens to nobody whose token was revoked since', async () => {
    const adjutant = await open('a.db');
    const token = await tokenOf(adjutant);
    await copyAs(adjutant, 'older.db');
    const tokens = adjutant.accessTokens(await adjutant.owner());
    for (const { id } of await tokens.list()) await tokens.revoke(id);
    await adjutant.close();
    copyFileSync(join(folder, 'older.db'), join(folder, 'in-place.db'));
    const older = await open('in-place.db');
    expect(await older.verifyAccessToken(token)).toBeNull();
    expect(await restoresIn(older)).toMatchObject([
      { reason: 'not_as_remembered', accessTokens: 1 },
    ]);
    const made = await tokenOf(older);
    await older.close();
    const again = await open('in-place.db');
    expect(await restoresIn(again)).toHaveLength(1);
    expect(await again.verifyAccessToken(made)).not.toBeNull();
  });

  test.each([
    ['is being deleted', 'update workspaces set deleting_at = 1'],
    ['is not there', 'delete from workspaces'],
  ])(
    'that is older than remembered is so too where it says that its workspace %s',
    async (_, edit) => {
      const adjutant = await open('a.db');
      const token = await tokenOf(adjutant);
      await copyAs(adjutant, 'older.db');
      const tokens = adjutant.accessTokens(await adjutant.owner());
      for (const { id } of await tokens.list()) await tokens.revoke(id);
      await adjutant.close();
      const file = new Database(join(folder, 'older.db'));
      file.exec(edit);
      file.close();
      const older = await open('older.db');
      expect(await older.verifyAccessToken(token)).toBeNull();
      expect(await restoresIn(older)).toMatchObject([{ reason: 'not_as_remembered' }]);
    },
  );

  test('that went another way from an older moment is not as remembered, however long it is', async () => {
    const adjutant = await open('a.db');
    await copyAs(adjutant, 'older.db');
    await tokenOf(adjutant);
    await adjutant.close();
    // Somebody else goes on with the copy until it is longer than this one.
    const other = await open('older.db', null);
    let token = '';
    for (let more = 0; more < 10; more += 1) token = await tokenOf(other);
    await other.close();
    const here = await open('older.db');
    expect(await restoresIn(here)).toMatchObject([{ reason: 'not_as_remembered' }]);
    expect(await here.verifyAccessToken(token)).toBeNull();
  });

  test('that somebody else made brings no token in, and is known from then on', async () => {
    const other = await open('b.db', createInstallationMemory());
    const token = await tokenOf(other);
    await other.close();
    const here = await open('b.db');
    expect(await here.verifyAccessToken(token)).toBeNull();
    expect(await restoresIn(here)).toMatchObject([{ reason: 'adopted', remembered: null }]);
    await here.close();
    expect(await restoresIn(await open('b.db'))).toHaveLength(1);
  });

  test('that somebody else made is marked also where it brings nothing, once', async () => {
    await (await open('b.db', null)).close();
    const marks = [{ reason: 'adopted', accessTokens: 0, pending: 0 }];
    expect(await restoresIn(await open('b.db'))).toMatchObject(marks);
    expect(await restoresIn(await open('b.db'))).toMatchObject(marks);
  });

  test('that the installation takes as its own is believed', async () => {
    const other = await open('b.db', null);
    const token = await tokenOf(other);
    await other.close();
    const here = await open('b.db', createInstallationMemory({ adopts: true }));
    expect(await here.verifyAccessToken(token)).not.toBeNull();
    expect(await restoresIn(here)).toEqual([]);
  });

  test('after a restore that told the memory has one event, and two where it crashed before', async () => {
    const adjutant = await open('a.db');
    await tokenOf(adjutant);
    await copyAs(adjutant, 'backup.db');
    await tokenOf(adjutant);
    await adjutant.close();
    const from = join(folder, 'backup.db');
    const before = memory.copy();
    await restoreBackup({ from, to: join(folder, 'r.db'), clock, installation: memory });
    expect(await restoresIn(await open('r.db'))).toMatchObject([{ reason: 'backup' }]);
    await restoreBackup({ from, to: join(folder, 's.db'), clock });
    expect(await restoresIn(await open('s.db', before))).toMatchObject([
      { reason: 'not_as_remembered' },
      { reason: 'backup' },
    ]);
  });

  test('is believed by a program that remembers nothing, as before', async () => {
    const other = await open('b.db', null);
    const token = await tokenOf(other);
    await other.close();
    const here = await open('b.db', null);
    expect(await here.verifyAccessToken(token)).not.toBeNull();
    expect(await restoresIn(here)).toEqual([]);
  });
});

test('before anything is sent the memory reaches as far as the claim', async () => {
  const reached: number[] = [];
  const made = createTestAction({ target, risk: 'low' });
  const adjutant = await createAdjutant({
    store: join(folder, 'a.db'),
    clock,
    installation: memory,
    policy: autoPolicy,
    actions: [
      {
        ...made,
        execute: (context, effect) => {
          reached.push(memory.farthest());
          return made.execute(context, effect);
        },
      },
    ],
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  await handle.actions.propose({ type: made.id, payload: { text: 'x' }, idempotencyKey: 'one' });
  await vi.waitFor(() => expect(reached).toHaveLength(1), { timeout: 20_000 });
  stop.abort();
  await working;
  const { items } = await handle.audit.list({ event: 'action.claimed' });
  expect(items).toHaveLength(1);
  expect(reached[0]).toBeGreaterThanOrEqual(items[0]?.seq ?? Number.POSITIVE_INFINITY);
});

test('of two copies of a store that are both open, one sends and the other stops', async () => {
  const made = createTestAction({ target, risk: 'low' });
  let sent = 0;
  const openCopy = async (name: string): Promise<Adjutant> => {
    const adjutant = await createAdjutant({
      store: join(folder, name),
      clock,
      installation: memory,
      policy: autoPolicy,
      actions: [
        {
          ...made,
          execute: (context, effect) => {
            sent += 1;
            return made.execute(context, effect);
          },
        },
      ],
    });
    onTestFinished(() => adjutant.close());
    return adjutant;
  };
  const one = await openCopy('a.db');
  const handle = one.workspace().as(await one.owner());
  await handle.actions.propose({ type: made.id, payload: { text: 'x' }, idempotencyKey: 'one' });
  await copyAs(one, 'b.db');
  const other = await openCopy('b.db');
  expect(await restoresIn(other)).toEqual([]);
  const stop = new AbortController();
  const working = [one.workActions({ signal: stop.signal })];
  await vi.waitFor(() => expect(sent).toBe(1), { timeout: 20_000 });
  working.push(other.workActions({ signal: stop.signal }));
  await vi.waitFor(async () => expect(await restoresIn(other)).toHaveLength(1), {
    timeout: 20_000,
  });
  stop.abort();
  await Promise.all(working);
  expect(await restoresIn(other)).toMatchObject([{ reason: 'not_as_remembered' }]);
  expect(sent).toBe(1);
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
