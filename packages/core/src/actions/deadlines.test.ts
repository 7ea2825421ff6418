import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';

let bench: ActionBench;
const hourMs = 3_600_000;

beforeEach(async () => {
  bench = await openActionBench({
    definitions: [createTestAction({ target: createTestTarget() })],
    policy: () => ({ mode: 'ask', pendingTtlMs: 8 * hourMs, escalateAt: [0.5, 0.75] }),
  });
});
afterEach(() => bench.close());

async function pending(): Promise<string> {
  const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: 'key-1' };
  const { id } = await bench.agent().propose(proposal);
  await bench.settle();
  return id;
}

async function levels(): Promise<number[]> {
  const rows = await bench.store.read.select().from(tables.actions);
  return rows.map((row) => row.escalationLevel);
}

describe('time', () => {
  it('widens the circle of reviewers at parts of the time, and never approves', async () => {
    const id = await pending();
    const action = await bench.agent().get(id);
    await expect(bench.decide('later-reviewer', action)).rejects.toMatchObject({
      code: 'Permission',
    });
    bench.clock.advance(4 * hourMs - 1);
    await bench.settle();
    expect(await levels()).toEqual([0]);
    bench.clock.advance(1);
    await bench.settle();
    expect(await levels()).toEqual([1]);
    bench.clock.advance(2 * hourMs);
    await bench.settle();
    expect(await levels()).toEqual([2]);
    expect(await bench.agent().get(id)).toMatchObject({ status: 'pending', decisions: [] });
    expect(await bench.decide('later-reviewer', action)).toMatchObject({ status: 'approved' });
  });

  it('ends what nobody decided, in one jump too', async () => {
    const id = await pending();
    bench.clock.advance(100 * hourMs);
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({ status: 'expired', decidedBy: null });
  });

  it('ends what was approved and not carried out', async () => {
    const id = await pending();
    await bench.person('lead', 'lead').stop();
    await bench.decide('reviewer', await bench.agent().get(id));
    bench.clock.advance(hourMs);
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({ status: 'expired' });
  });

  it('does not go back where the clock does', async () => {
    const id = await pending();
    bench.clock.advance(100 * hourMs);
    await bench.settle();
    bench.clock.advance(-100 * hourMs);
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({ status: 'expired' });
  });
});

describe('withdraw', () => {
  it.each([
    ['its assistant', () => bench.agent()],
    ['its sponsor', () => bench.person('sponsor')],
    ['a reviewer', () => bench.person('reviewer')],
  ])('is done by %s', async (_who, as) => {
    const id = await pending();
    expect(await as().withdraw(id, 'not needed')).toMatchObject({ status: 'revoked' });
    expect(await as().withdraw(id)).toMatchObject({ status: 'revoked' });
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({ status: 'revoked', attempts: [] });
  });

  it('is refused to anybody else', async () => {
    const id = await pending();
    bench.withoutRights.add('stranger');
    await expect(bench.person('stranger').withdraw(id)).rejects.toMatchObject({
      code: 'Permission',
    });
    await expect(bench.agent('another').withdraw(id)).rejects.toMatchObject({ code: 'Permission' });
  });
});

describe('await', () => {
  it('returns where it stands once the time is over', async () => {
    const id = await pending();
    const before = bench.clock.now();
    const action = await bench.agent().await(id, { maxWaitMs: 25_000 });
    expect(action.status).toBe('pending');
    expect(bench.clock.now() - before).toBe(25_000);
  });

  it('returns at once what is decided, and stops when told', async () => {
    const id = await pending();
    await bench.decide('reviewer', await bench.agent().get(id));
    expect((await bench.agent().await(id, { maxWaitMs: 25_000 })).status).toBe('approved');
    expect(bench.clock.sleeps).toEqual([]);
    const signal = AbortSignal.abort(new Error('enough'));
    const waiting = bench.agent().await(id, { maxWaitMs: 1_000, until: 'settled', signal });
    await expect(waiting).rejects.toThrow('enough');
  });

  it('knows no action of another workspace', async () => {
    const id = await pending();
    await expect(bench.agent().await(`${id}x`, { maxWaitMs: 0 })).rejects.toMatchObject({
      code: 'NotFound',
    });
  });
});
