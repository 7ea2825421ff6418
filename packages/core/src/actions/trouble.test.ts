import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../audit/verify-ledger.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { type ActionBench, benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import type { ActionDetail } from './handle.ts';
import { executeAction } from './execute-action.ts';
import { prepareAction } from './prepare-action.ts';

// A disk that fills, a database that somebody locks, a network that goes, a clock that jumps: the
// state afterwards is true, and a person is told what to do.

const minuteMs = 60_000;
const classes = ['keyed', 'probeable', 'blind'] as const;
type Class = (typeof classes)[number];
/** What each class comes to once the effect happened and nobody could write it down. */
const settledAs: Record<Class, string> = {
  keyed: 'executed',
  probeable: 'executed',
  blind: 'needs_human',
};

let folder: string;
let store: Store;
let bench: ActionBench;
let target: TestTarget;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-trouble-'));
  store = await openStore(join(folder, 'store.db'));
  target = createTestTarget();
});
afterEach(async () => {
  await bench.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openWith(effectClass: Class, onSent?: () => Promise<void>): Promise<string> {
  bench = await openActionBench({
    definitions: [createTestAction({ target, effectClass, quietPeriodMs: minuteMs })],
    engine: {
      store,
      reach: async (name) => {
        if (name === 'after_reply_before_settle') await onSent?.();
      },
    },
  });
  const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: 'key-0001' };
  const { id } = await bench.agent().propose(proposal);
  await prepareAction(bench.deps, id);
  return id;
}

/** Lets leases end and quiet periods pass, as often as it takes. */
async function waitLong(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) {
    bench.clock.advance(2 * minuteMs);
    await bench.settle();
  }
}

async function expectTrue(id: string, status: string): Promise<ActionDetail> {
  const action = await bench.agent().get(id);
  expect(action.status).toBe(status);
  expect(target.effects.length).toBeLessThanOrEqual(1);
  expect((await verifyLedger(store, benchWorkspaceId)).findings).toEqual([]);
  return action;
}

describe.each(classes)('an effect of class %s', (effectClass) => {
  it('that a full disk kept from being written down is neither lost nor done twice', async () => {
    const id = await openWith(effectClass, () => fillDisk(store));
    await expect(executeAction(bench.deps, id)).rejects.toMatchObject({
      code: 'StoreUnavailable',
      message: expect.stringMatching(/disk .* full/),
      hint: expect.stringMatching(/Free some space/),
    });
    expect(target.effects).toHaveLength(1);
    expect((await bench.agent().get(id)).status).toBe('executing');
    await emptyDisk(store);
    await waitLong();
    const action = await expectTrue(id, settledAs[effectClass]);
    if (effectClass === 'blind') expect(action.nextStep).toMatch(/resolve|happened/);
  });

  it('is written down as what it was once a full disk has room again in time', async () => {
    const id = await openWith(effectClass, () => fillDisk(store));
    const sleep = bench.clock.sleep.bind(bench.clock);
    let waits = 0;
    bench.clock.sleep = async (milliseconds, signal) => {
      waits += 1;
      if (waits === 3) await emptyDisk(store);
      await sleep(milliseconds, signal);
    };
    expect(await executeAction(bench.deps, id)).toBe('executed');
    expect(waits).toBe(3);
    await expectTrue(id, 'executed');
  });

  it('whose network goes in the middle is found again, or given to a person', async () => {
    const id = await openWith(effectClass);
    target.faults.push('applied_then_lost');
    expect(await executeAction(bench.deps, id)).toBe('unknown');
    await waitLong();
    await expectTrue(id, settledAs[effectClass]);
  });

  it('survives a clock that jumps a year ahead while it is sent', async () => {
    const id = await openWith(effectClass, async () =>
      bench.clock.advance(366 * 24 * 60 * minuteMs),
    );
    await executeAction(bench.deps, id);
    await waitLong();
    await expectTrue(id, 'executed');
  });
});

describe.each(['keyed', 'probeable', 'blind'] as const)('an effect of class %s', (effectClass) => {
  it('survives a clock that is set back a year while it is sent, and is known for what it is', async () => {
    const id = await openWith(effectClass, async () =>
      bench.clock.advance(-366 * 24 * 60 * minuteMs),
    );
    await executeAction(bench.deps, id);
    await expectTrue(id, 'executed');
  });

  it('whose answer is lost while the clock is set back waits no shorter, and is settled truly', async () => {
    const id = await openWith(effectClass);
    target.faults.push('delayed');
    expect(await executeAction(bench.deps, id)).toBe('unknown');
    bench.clock.advance(-30 * minuteMs);
    for (let minute = 0; minute < 29; minute += 1) {
      await bench.settle();
      expect((await bench.agent().get(id)).status).toBe('unknown');
      bench.clock.advance(minuteMs);
    }
    target.releaseDelayed();
    await waitLong();
    await expectTrue(id, settledAs[effectClass]);
  });
});

/** The clock is set past the quiet period, and no time passes: the request arrives after the look. */
async function leapOverQuietPeriod(effectClass: Class, leapMs: number): Promise<void> {
  const id = await openWith(effectClass);
  target.faults.push('delayed');
  expect(await executeAction(bench.deps, id)).toBe('unknown');
  bench.clock.leap(leapMs);
  await bench.settle();
  target.releaseDelayed();
  await waitLong();
  await expectTrue(id, settledAs[effectClass]);
}

it.each([
  ['keyed', 10 * minuteMs],
  ['probeable', 10 * minuteMs],
  ['blind', 10 * minuteMs],
  // Over the end of its approval as well.
  ['keyed', 120 * minuteMs],
  ['probeable', 120 * minuteMs],
  ['blind', 120 * minuteMs],
] as const)(
  'an effect of class %s that is on its way while the clock leaps %i ms happens once',
  leapOverQuietPeriod,
);

it('a target that was looked at long before the claim is looked at again', async () => {
  const id = await openWith('probeable');
  const inner = bench.deps.store;
  const transaction: typeof inner.transaction = async (work) => {
    // The database was locked; meanwhile the target moves.
    bench.clock.advance(11_000);
    target.observed = { head: 'b2' };
    return inner.transaction(work);
  };
  const heldUp = { ...bench.deps, store: Object.assign(Object.create(inner), { transaction }) };
  expect(await executeAction(heldUp, id)).toBe('approved');
  await bench.settle();
  expect(target.sent).toBe(0);
  expect(await bench.agent().get(id)).toMatchObject({
    status: 'failed',
    outcome: { reason: 'target_changed' },
  });
});

it('a worker that was held up sends nothing once another has taken over, though the clock was set back', async () => {
  let held = gate();
  const id = await openWith('probeable');
  const working = executeAction(
    {
      ...bench.deps,
      async reach(name) {
        if (name !== 'after_claim_before_send') return;
        held.open();
        held = gate();
        await held.opened;
      },
    },
    id,
  );
  await held.opened;
  bench.clock.advance(minuteMs + 1_000);
  await bench.settle();
  bench.clock.advance(-60 * minuteMs);
  held.open();
  await working;
  expect(target.sent).toBe(0);
  expect((await bench.agent().get(id)).status).toBe('unknown');
});

it('what happens while another process holds the database waits for it, and is done once', async () => {
  const id = await openWith('keyed');
  const other = await openStore(join(folder, 'store.db'));
  const free = gate();
  const begun = gate();
  const holding = other.transaction(async (transaction) => {
    await runStatement(transaction, sql`update workspaces set name = name`);
    begun.open();
    await free.opened;
  });
  await begun.opened;
  const proposal = { type: 'test.write', payload: { text: 'two' }, idempotencyKey: 'key-0002' };
  const working = [
    executeAction(bench.deps, id),
    bench.agent().propose(proposal),
    bench.agent().propose(proposal),
  ];
  // Nothing of it is there while the other one writes.
  expect((await bench.agent().list()).total).toBe(1);
  expect(target.sent).toBe(0);
  free.open();
  await Promise.all([holding, ...working]);
  await other.close();
  expect((await bench.agent().list()).total).toBe(2);
  await expectTrue(id, 'executed');
});

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Lets the file grow no further and fills what is left of it. */
async function fillDisk(into: Store): Promise<void> {
  await into.transaction(async (transaction) => {
    const [row] = await queryTuples<[number]>(transaction, sql`pragma page_count`);
    await queryTuples(transaction, sql`pragma max_page_count = ${sql.raw(String(row?.[0] ?? 1))}`);
  });
  // Ever smaller rows, into what an attempt is written down in: until not even the smallest fits.
  let turn = 0;
  for (const size of [3_000, 600, 120, 1]) {
    for (;;) {
      turn += 1;
      const id = `fill-${turn}`;
      const isFull = await into
        .transaction(async (transaction) => {
          await transaction.insert(tables.outbox).values({
            id,
            workspaceId: 'nobody',
            event: 'fill',
            subjectId: 'x'.repeat(size),
            detail: {},
            createdAt: 0,
            attempts: 0,
            nextAttemptAt: 0,
          });
        })
        .then(() => false)
        .catch(() => true);
      if (isFull) break;
    }
  }
}

async function emptyDisk(into: Store): Promise<void> {
  await into.transaction(async (transaction) => {
    await queryTuples(transaction, sql`pragma max_page_count = 1073741823`);
    await runStatement(transaction, sql`delete from outbox where workspace_id = 'nobody'`);
  });
}
