import { afterEach, describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import {
  createTestAction,
  createTestTarget,
  type TestActionOptions,
  type TestTarget,
} from '../testing/test-action.ts';
import { executeAction } from './execute-action.ts';
import { sweepActions } from './sweep-actions.ts';

let bench: ActionBench;
let target: TestTarget;
const quietPeriodMs = 60_000;
/** The end of an attempt, then the quiet after it. */
const untilQuietMs = 30_000 + quietPeriodMs;

async function openApproved(options: Partial<TestActionOptions> = {}): Promise<string> {
  target = createTestTarget();
  bench = await openActionBench({
    definitions: [createTestAction({ target, quietPeriodMs, ...options })],
  });
  const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: 'key-1' };
  const { id } = await bench.agent().propose(proposal);
  await sweepActions(bench.deps);
  return id;
}

afterEach(() => bench.close());

const statusOf = async (id: string) => (await bench.agent().get(id)).status;
const attemptsOf = async (id: string) =>
  (await bench.agent().get(id)).attempts.map(
    ({ kind, step, status }) => `${kind} ${step} ${status}`,
  );

describe('how an attempt ends', () => {
  it('refused: failed, and never tried again', async () => {
    const id = await openApproved();
    target.faults.push('refused');
    expect(await executeAction(bench.deps, id)).toBe('failed');
    bench.clock.advance(3_600_000);
    await bench.settle();
    expect(target.sent).toBe(1);
  });

  it('surely not applied: approved again, after the wait that the target asks for', async () => {
    const id = await openApproved();
    target.faults.push('not_applied');
    expect(await executeAction(bench.deps, id)).toBe('approved');
    expect(await executeAction(bench.deps, id)).toBe('approved');
    bench.clock.advance(5_000);
    expect(await executeAction(bench.deps, id)).toBe('executed');
    expect(target.effects).toHaveLength(1);
  });

  it.each(['applied_then_lost', 'lost'] as const)(
    '%s, probeable: looked for after the quiet period, done once',
    async (fault) => {
      const id = await openApproved();
      target.faults.push(fault);
      expect(await executeAction(bench.deps, id)).toBe('unknown');
      bench.clock.advance(untilQuietMs - 1);
      await bench.settle();
      expect(await statusOf(id)).toBe('unknown');
      bench.clock.advance(1);
      await bench.settle();
      expect(await statusOf(id)).toBe('executed');
      expect(target.effects).toHaveLength(1);
    },
  );

  it.each(['applied_then_lost', 'lost'] as const)(
    '%s, keyed without a probe: sent again under the same key, done once',
    async (fault) => {
      const id = await openApproved({ effectClass: 'keyed', withoutProbe: true });
      target.faults.push(fault);
      await executeAction(bench.deps, id);
      bench.clock.advance(untilQuietMs);
      await bench.settle();
      expect(await statusOf(id)).toBe('executed');
      expect(target.sent).toBe(2);
      expect(target.effects).toHaveLength(1);
      const attempts = await bench.store.read.select().from(tables.actionAttempts);
      expect(new Set(attempts.map((row) => row.effectKey)).size).toBe(1);
    },
  );

  it.each(['happened', 'did_not_happen'] as const)(
    'blind: a person is asked, nothing is sent again, and the person says that it %s',
    async (verdict) => {
      const id = await openApproved({ effectClass: 'blind' });
      target.faults.push('applied_then_lost');
      await executeAction(bench.deps, id);
      bench.clock.advance(untilQuietMs);
      await bench.settle();
      expect(await statusOf(id)).toBe('needs_human');
      bench.clock.advance(30 * 86_400_000);
      await bench.settle();
      expect(target.sent).toBe(1);
      await expect(bench.agent().resolve(id, verdict, 'I say so')).rejects.toMatchObject({
        code: 'Permission',
      });
      const resolved = await bench.person('reviewer').resolve(id, verdict, 'I looked');
      expect(resolved.status).toBe(verdict === 'happened' ? 'executed' : 'failed');
      expect(await bench.person('reviewer').resolve(id, 'happened', 'again')).toEqual(resolved);
    },
  );

  it('looks again where the probe cannot tell, and leaves it to a person in the end', async () => {
    const id = await openApproved();
    target.faults.push('applied_then_lost');
    target.probeIsClear = false;
    await executeAction(bench.deps, id);
    for (let turn = 0; turn < 10; turn += 1) {
      bench.clock.advance(600_000);
      await bench.settle();
    }
    expect(await statusOf(id)).toBe('needs_human');
    expect((await attemptsOf(id)).filter((text) => text.startsWith('probe'))).toHaveLength(5);
    expect(target.sent).toBe(1);
  });

  it('asks a person where the second attempt is refused after the first was lost', async () => {
    const id = await openApproved({ effectClass: 'keyed', withoutProbe: true });
    target.faults.push('applied_then_lost', 'refused');
    await executeAction(bench.deps, id);
    bench.clock.advance(untilQuietMs);
    await bench.settle();
    expect(await statusOf(id)).toBe('needs_human');
  });

  it('does not forget a lost attempt over a later one that was surely not applied', async () => {
    const id = await openApproved({ effectClass: 'keyed', withoutProbe: true });
    target.faults.push('applied_then_lost', 'not_applied');
    await executeAction(bench.deps, id);
    bench.clock.advance(untilQuietMs);
    await bench.settle();
    expect(await statusOf(id)).toBe('approved');
    await expect(bench.agent().withdraw(id)).rejects.toMatchObject({ code: 'Conflict' });
    bench.clock.advance(3_600_000);
    await bench.settle();
    expect(await statusOf(id)).toBe('needs_human');
  });

  it('does not expire what may have happened', async () => {
    const id = await openApproved({ effectClass: 'keyed', withoutProbe: true });
    target.faults.push('applied_then_lost');
    await executeAction(bench.deps, id);
    bench.clock.advance(86_400_000);
    await bench.settle();
    expect(await statusOf(id)).toBe('needs_human');
  });

  it('finds out after a crash what became of it: the lease runs out, then it is looked for', async () => {
    const id = await openApproved();
    const crash = new Error('killed');
    const killed = {
      ...bench.deps,
      reach: (name: string) => {
        if (name === 'after_reply_before_settle') throw crash;
      },
    };
    await expect(executeAction(killed, id)).rejects.toBe(crash);
    expect(await statusOf(id)).toBe('executing');
    bench.clock.advance(59_999);
    await bench.settle();
    expect(await statusOf(id)).toBe('executing');
    bench.clock.advance(1);
    await bench.settle();
    expect(await statusOf(id)).toBe('unknown');
    bench.clock.advance(quietPeriodMs);
    await bench.settle();
    expect(await statusOf(id)).toBe('executed');
    expect(target.effects).toHaveLength(1);
  });

  it('records what a worker answers after its lease, and applies none of it', async () => {
    const id = await openApproved({ effectClass: 'blind' });
    let held = true;
    const slow = {
      ...bench.deps,
      reach: async (name: string) => {
        if (name !== 'after_reply_before_settle' || !held) return;
        held = false;
        bench.clock.advance(60_000);
        await bench.settle();
      },
    };
    await executeAction(slow, id);
    expect(await statusOf(id)).toBe('unknown');
    expect(await attemptsOf(id)).toEqual(['execute 0 late']);
    bench.clock.advance(quietPeriodMs);
    await bench.settle();
    expect(await statusOf(id)).toBe('needs_human');
    const events = await bench.store.read.select().from(tables.auditEntries);
    expect(events.map((row) => row.event)).toContain('action.late_result');
  });

  it('sends nothing once the lease is over', async () => {
    const id = await openApproved();
    const heldUp = {
      ...bench.deps,
      reach: (name: string) => {
        if (name === 'after_claim_before_send') bench.clock.advance(60_000);
      },
    };
    await executeAction(heldUp, id);
    expect(target.sent).toBe(0);
  });

  it('asks a person where a late answer says done after the target was found without it', async () => {
    const id = await openApproved();
    let held = true;
    target.faults.push('delayed');
    const slow = {
      ...bench.deps,
      reach: async (name: string) => {
        if (name !== 'after_send_before_reply' || !held) return;
        held = false;
        bench.clock.advance(60_000 + quietPeriodMs);
        await sweepActions(bench.deps);
        bench.clock.advance(quietPeriodMs);
        await sweepActions(bench.deps);
      },
    };
    const definition = bench.deps.definitions.get('test.write');
    if (definition === undefined) throw new Error('no definition');
    const answersLate = {
      ...definition,
      execute: async () => ({ outcome: 'applied', result: {} }) as const,
    };
    await executeAction({ ...slow, definitions: new Map([['test.write', answersLate]]) }, id);
    expect(await statusOf(id)).toBe('approved');
    await bench.settle();
    expect(await statusOf(id)).toBe('needs_human');
  });
});

describe('an action of several effects', () => {
  const steps = ['first', 'second', 'third'];

  it('takes one attempt per step, each with a key of its own', async () => {
    const id = await openApproved({ steps });
    expect(await executeAction(bench.deps, id)).toBe('executed');
    expect(await attemptsOf(id)).toEqual([
      'execute 0 applied',
      'execute 1 applied',
      'execute 2 applied',
    ]);
    expect(new Set(target.effects.map((effect) => effect.key)).size).toBe(3);
  });

  it('takes applied steps back, last first, where a later one is refused', async () => {
    const id = await openApproved({ steps, compensates: true });
    target.faults.push(undefined as never, undefined as never, 'refused');
    expect(await executeAction(bench.deps, id)).toBe('failed');
    expect(await attemptsOf(id)).toEqual([
      'execute 0 applied',
      'execute 1 applied',
      'execute 2 refused',
      'compensate 1 applied',
      'compensate 0 applied',
    ]);
    expect(target.effects.every((effect) => effect.takenBack)).toBe(true);
  });

  it('leaves it to a person where steps cannot be taken back, or taking back fails', async () => {
    const id = await openApproved({ steps });
    target.faults.push(undefined as never, 'refused');
    expect(await executeAction(bench.deps, id)).toBe('needs_human');
    await bench.close();
    const other = await openApproved({ steps, compensates: true });
    target.faults.push(undefined as never, 'refused', 'lost');
    expect(await executeAction(bench.deps, other)).toBe('needs_human');
  });

  it('goes on at the step whose answer was lost', async () => {
    const id = await openApproved({ steps });
    target.faults.push(undefined as never, 'applied_then_lost');
    expect(await executeAction(bench.deps, id)).toBe('unknown');
    target.observed = { head: 'changed by the first step' };
    bench.clock.advance(untilQuietMs);
    await bench.settle();
    expect(await statusOf(id)).toBe('executed');
    expect(target.effects).toHaveLength(3);
  });

  it('stands still between two steps while the switch is on, then goes on', async () => {
    const id = await openApproved({ steps });
    const lead = bench.person('lead', 'lead');
    let stopped = false;
    const stopping = {
      ...bench.deps,
      reach: async (name: string) => {
        if (name !== 'after_reply_before_settle' || stopped) return;
        stopped = true;
        await lead.stop();
      },
    };
    expect(await executeAction(stopping, id)).toBe('approved');
    await bench.settle();
    expect(target.effects).toHaveLength(1);
    await lead.resume();
    await bench.settle();
    expect(await statusOf(id)).toBe('executed');
    expect(target.effects).toHaveLength(3);
  });

  it('cannot be withdrawn half done', async () => {
    const id = await openApproved({ steps });
    target.faults.push(undefined as never, 'not_applied');
    expect(await executeAction(bench.deps, id)).toBe('approved');
    await expect(bench.agent().withdraw(id)).rejects.toMatchObject({ code: 'Conflict' });
    bench.clock.advance(3_600_000);
    await bench.settle();
    expect(await statusOf(id)).toBe('needs_human');
  });
});
