import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ActionDetail } from '../actions/handle.ts';
import { prepareAction } from '../actions/prepare-action.ts';
import type { AnyActionDefinition } from '../actions/define-action.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { verifyLedger } from '../audit/verify-ledger.ts';
import { type ActionStatus, actionStatusSchema, terminalStatuses } from '../domain.ts';
import { recogniseWorkspace, rememberHead } from '../installation/recognise-store.ts';
import { silentLogger } from '../logger.ts';
import { openStore } from '../store/open-store.ts';
import { tables } from '../store/tables.ts';
import { copyWhole } from '../store/whole-file.ts';
import { type ActionBench, benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createInstallationMemory } from '../testing/installation-memory.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import { ensureWorkspace } from '../workspace/default-owner.ts';
import { restoreBackup } from './restore-backup.ts';

const classes = ['keyed', 'keyed without probe', 'probeable', 'blind'] as const;
type Class = (typeof classes)[number];
/** What the target says of the effect once an older store is in place. */
const answers = ['applied', 'absent', 'unknown'] as const;
type Answer = (typeof answers)[number];
const modes = ['auto', 'ask'] as const;
type Mode = (typeof modes)[number];

const canBeLookedFor = (kind: Class): boolean => kind === 'keyed' || kind === 'probeable';

/** How an action comes to stand there. What is copied on the way is what is restored. */
interface Life {
  bench: ActionBench;
  target: TestTarget;
  mode: Mode;
  propose(): Promise<ActionDetail>;
  approve(): Promise<void>;
  copy(): Promise<void>;
  /** Copies when the engine is about to send, or to look. */
  copyAt(place: 'send' | 'look'): void;
  isApplied: boolean;
}

const hour = 3_600_000;

async function prepared(life: Life): Promise<ActionDetail> {
  const action = await life.propose();
  await life.bench.settle();
  return action;
}
async function lose(life: Life, more: TestTarget['faults'] = []): Promise<void> {
  life.target.faults.push(life.isApplied ? 'applied_then_lost' : 'lost', ...more);
  await prepared(life);
  await life.approve();
  await life.bench.settle();
}

const lives: Readonly<Record<ActionStatus, (life: Life) => Promise<void>>> = {
  async preparing(life) {
    await life.propose();
    await life.copy();
    // What it binds is another thing by the time it is prepared again.
    life.target.observed = { head: 'b2' };
  },
  async pending(life) {
    life.mode = 'ask';
    await prepared(life);
    await life.copy();
  },
  async approved(life) {
    if (life.mode === 'ask') {
      await prepared(life);
      await life.approve();
      return life.copy();
    }
    // What policy lets run by itself, between two steps of the worker.
    const { id } = await life.propose();
    await prepareAction(life.bench.deps, id);
    return life.copy();
  },
  async executing(life) {
    life.copyAt('send');
    if (!life.isApplied) life.target.faults.push('lost');
    await prepared(life);
    await life.approve();
    await life.bench.settle();
  },
  async unknown(life) {
    await lose(life);
    await life.copy();
  },
  async reconciling(life) {
    life.copyAt('look');
    await lose(life);
    life.bench.clock.advance(hour / 12);
    await life.bench.settle();
  },
  async executed(life) {
    await prepared(life);
    await life.approve();
    await life.bench.settle();
    await life.copy();
  },
  async failed(life) {
    life.target.faults.push('refused');
    await prepared(life);
    await life.approve();
    await life.bench.settle();
    await life.copy();
  },
  async blocked(life) {
    life.bench.policy = () => ({ mode: 'deny' });
    await prepared(life);
    await life.copy();
  },
  async declined(life) {
    life.mode = 'ask';
    const { id } = await prepared(life);
    await life.bench.decide('reviewer', await life.bench.person('reviewer').get(id), 'decline');
    await life.copy();
  },
  async expired(life) {
    life.mode = 'ask';
    await prepared(life);
    life.bench.clock.advance(25 * hour);
    await life.bench.settle();
    await life.copy();
  },
  async revoked(life) {
    life.mode = 'ask';
    const { id } = await prepared(life);
    await life.bench.agent().withdraw(id);
    await life.copy();
  },
  async needs_human(life) {
    life.target.probeIsClear = false;
    await lose(life, ['refused']);
    for (let turn = 0; turn < 12; turn += 1) {
      life.bench.clock.advance(hour / 12);
      await life.bench.settle();
    }
    await life.copy();
  },
};

/** How an older store came to be the one that is worked with. */
const ways = ['restored', 'put in place'] as const;
type Way = (typeof ways)[number];

interface World {
  restored: ActionBench;
  action(): Promise<ActionDetail>;
  work(): Promise<void>;
}

interface Case {
  status: ActionStatus;
  kind: Class;
  answer: Answer;
  mode: Mode;
}

/** Lives one life, and returns what opens the older store of it in one way or the other. */
async function livedThrough({
  status,
  kind,
  answer,
  mode,
}: Case): Promise<{ target: TestTarget; open(way: Way): Promise<World> }> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-restored-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const target = createTestTarget();
  let copiesAt: 'send' | 'look' | null = null;
  const backup = join(folder, 'backup.db');
  const clock = createFakeClock();
  const made = createTestAction({
    target,
    effectClass: kind === 'keyed without probe' ? 'keyed' : kind,
    withoutProbe: kind === 'keyed without probe',
  });
  const once = async (place: 'send' | 'look') => {
    if (copiesAt !== place) return;
    copiesAt = null;
    await copyWhole(bench.store, backup);
  };
  const definition: AnyActionDefinition = {
    ...made,
    ...(made.probe === undefined
      ? {}
      : {
          probe: async (context, effect) => {
            await once('look');
            return made.probe?.(context, effect) ?? { outcome: 'unclear', reason: 'no probe' };
          },
        }),
  };
  const policy = () => ({ mode: life.mode, assurance: 'cooperative' as const });
  const bench: ActionBench = await openActionBench({
    definitions: [definition],
    policy,
    url: join(folder, 'store.db'),
    clock,
    engine: {
      reach: (name) => (name === 'after_claim_before_send' ? once('send') : undefined),
    },
  });
  bench.assurances.set('reviewer', 'cooperative');
  await ensureWorkspace(bench.store, benchWorkspaceId, clock);
  let id = '';
  const life: Life = {
    bench,
    target,
    mode,
    isApplied: answer !== 'absent',
    async propose() {
      const action = await bench
        .agent()
        .propose({ type: 'test.write', payload: { text: 'Hello' }, idempotencyKey: 'one' });
      id = action.id;
      return action;
    },
    async approve() {
      const action = await bench.person('reviewer').get(id);
      if (action.status === 'pending') await bench.decide('reviewer', action);
    },
    copy: () => copyWhole(bench.store, backup),
    copyAt(place) {
      copiesAt = place;
    },
  };
  const workOn = async (one: ActionBench) => {
    for (let turn = 0; turn < 8; turn += 1) {
      await one.settle();
      clock.advance(5 * 60_000);
    }
  };
  await lives[status](life);
  // The store goes on after its backup: the effect happens, or nothing does.
  if (answer === 'absent') target.effects.splice(0);
  else {
    await workOn(bench);
    await life.approve();
    await workOn(bench);
  }
  const memory = createInstallationMemory();
  const logger = silentLogger;
  await bench.store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId: benchWorkspaceId,
      at: clock.now(),
      actor: 'system',
      event: 'test.went_on',
    }),
  );
  const known = { store: bench.store, memory, logger };
  await rememberHead(known, benchWorkspaceId, { isNewCourse: false });
  await bench.close();
  expect(await statusIn(backup)).toBe(status);
  target.faults.splice(0);
  target.probeIsClear = answer !== 'unknown';
  const effects = [...target.effects];
  return {
    target,
    async open(way) {
      target.effects.splice(0, target.effects.length, ...effects);
      const url = join(folder, `${way}.db`);
      if (way === 'restored') await restoreBackup({ from: backup, to: url, clock });
      else copyFileSync(backup, url);
      const restored = await openActionBench({ definitions: [made], policy, url, clock });
      onTestFinished(() => restored.close());
      restored.assurances.set('reviewer', 'cooperative');
      if (way === 'put in place') {
        await recogniseWorkspace(
          { store: restored.store, memory, clock, logger },
          benchWorkspaceId,
        );
      }
      const action = () => restored.person('reviewer').get(id);
      return { restored, action, work: () => workOn(restored) };
    },
  };
}

async function statusIn(path: string): Promise<ActionStatus | undefined> {
  const store = await openStore(path);
  try {
    return (await store.read.select().from(tables.actions))[0]?.status;
  } finally {
    await store.close();
  }
}

/** Where it must end once whoever is asked has approved. */
function endOf(status: ActionStatus, kind: Class, answer: Answer): ActionStatus {
  if (terminalStatuses.has(status)) return status;
  if (status === 'needs_human' || status === 'preparing') return 'needs_human';
  if (!canBeLookedFor(kind) || answer === 'unknown') return 'needs_human';
  return 'executed';
}

/** Where nothing was approved it matters not how it would have been. */
const byMode: ReadonlySet<ActionStatus> = new Set([
  'preparing',
  'approved',
  'executing',
  'unknown',
  'reconciling',
] satisfies ActionStatus[]);

const reachable = (status: ActionStatus, kind: Class, mode: Mode): boolean =>
  (status !== 'reconciling' || canBeLookedFor(kind)) && (mode === 'ask' || byMode.has(status));

const cases = actionStatusSchema.options.flatMap((status) =>
  classes.flatMap((kind) =>
    answers.flatMap((answer) =>
      modes.flatMap((mode) =>
        reachable(status, kind, mode) ? [{ status, kind, answer, mode }] : [],
      ),
    ),
  ),
);

describe('an action of a store that is older than what it did', () => {
  test.each(cases)(
    'that was $status ($kind, $mode), where the effect is $answer: not twice, and not without anybody',
    async (one) => {
      const lived = await livedThrough(one);
      for (const way of ways) await holdsTo(one, lived.target, await lived.open(way));
    },
  );
});

async function holdsTo(
  { status, kind, answer }: Case,
  target: TestTarget,
  world: World,
): Promise<void> {
  const sent = target.sent;
  const effects = target.effects.length;
  await world.work();
  expect(target.sent, 'sent although nobody decided since').toBe(sent);
  const asked = await world.action();
  if (asked.status === 'pending') {
    await world.restored.decide('reviewer', asked);
    await world.work();
  }
  const end = endOf(status, kind, answer);
  expect((await world.action()).status).toBe(end);
  expect(target.effects.length).toBeLessThanOrEqual(1);
  const isNew = end === 'executed' && status !== 'executed' && answer === 'absent';
  expect(target.effects.length - effects).toBe(isNew ? 1 : 0);
  expect(target.sent - sent).toBe(isNew ? 1 : 0);
  const verified = await verifyLedger(world.restored.store, benchWorkspaceId);
  expect(verified).toMatchObject({ ok: true, findings: [] });
  const { event } = tables.auditEntries;
  const told = world.restored.store.read.select().from(tables.auditEntries);
  // A store that brings nothing to be done over is older all the same.
  expect(await told.where(eq(event, 'store.restored'))).toHaveLength(1);
}
