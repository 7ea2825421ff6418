import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';

let bench: ActionBench;

beforeEach(async () => {
  const target = createTestTarget();
  bench = await openActionBench({ definitions: [createTestAction({ target })] });
});
afterEach(() => bench.close());

const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: 'key-1' };

describe('propose', () => {
  it('makes one action of the same key and words, and a later repeat shows where it stands', async () => {
    const first = await bench.agent().propose(proposal);
    await bench.settle();
    const again = await bench.agent().propose({ ...proposal, rationale: 'said otherwise' });
    expect(again).toMatchObject({ id: first.id, status: 'executed' });
    expect(await bench.store.read.select().from(tables.actions)).toHaveLength(1);
  });

  it.each([
    ['other words', { payload: { text: 'bye' } }],
    ['another type', { type: 'test.other', payload: { text: 'hello' } }],
  ])('refuses a key that was used for %s', async (_what, change) => {
    await bench.close();
    const target = createTestTarget();
    const definitions = [
      createTestAction({ target }),
      createTestAction({ target, id: 'test.other' }),
    ];
    bench = await openActionBench({ definitions });
    await bench.agent().propose(proposal);
    await expect(bench.agent().propose({ ...proposal, ...change })).rejects.toMatchObject({
      code: 'Conflict',
    });
  });

  it('keeps a digest of a key that holds a secret, and knows one that was kept as it is', async () => {
    const token = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');
    const keyed = { ...proposal, idempotencyKey: `deploy ${token}` };
    const { id } = await bench.agent().propose(keyed);
    const keys = () =>
      bench.store.read.select({ key: tables.actions.idempotencyKey }).from(tables.actions);
    expect(await keys()).toEqual([{ key: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
    expect(await bench.agent().propose(keyed)).toMatchObject({ id });
    // As an earlier version kept it.
    await bench.store.transaction(async (transaction) => {
      await transaction.update(tables.actions).set({ idempotencyKey: keyed.idempotencyKey });
    });
    expect(await bench.agent().propose(keyed)).toMatchObject({ id });
    expect(await keys()).toHaveLength(1);
  });

  it('takes no more from one assistant than people can look through', async () => {
    const key = (index: number) => ({ ...proposal, idempotencyKey: `key-${index}` });
    for (let index = 0; index < 50; index += 1) await bench.agent().propose(key(index));
    await expect(bench.agent().propose(key(50))).rejects.toMatchObject({
      code: 'RateLimited',
      message: '50 proposals of yours wait already.',
    });
    expect(await bench.store.read.select().from(tables.actions)).toHaveLength(50);
    // A repeat is none, and another assistant and people have room of their own.
    expect(await bench.agent().propose(key(49))).toMatchObject({ status: 'preparing' });
    expect(await bench.agent('other').propose(key(51))).toMatchObject({ status: 'preparing' });
    await bench.settle();
    for (let index = 52; index < 202; index += 1) {
      await bench.agent().propose(key(index));
      if (index % 40 === 0) await bench.settle();
    }
    await bench.settle();
    await expect(bench.agent().propose(key(202))).rejects.toMatchObject({
      message: '200 proposals of yours in an hour are enough.',
      retryAfterMs: 3_600_000,
    });
    bench.clock.advance(3_600_001);
    expect(await bench.agent().propose(key(202))).toMatchObject({ status: 'preparing' });
  });

  it('refuses the key of another requester', async () => {
    await bench.agent('one').propose(proposal);
    await expect(bench.agent('two').propose(proposal)).rejects.toMatchObject({ code: 'Conflict' });
  });

  it('names the types that there are where one is unknown', async () => {
    await expect(bench.agent().propose({ ...proposal, type: 'pr.mrege' })).rejects.toMatchObject({
      code: 'NotFound',
      hint: 'Known types: test.write.',
    });
  });

  it.each([
    ['of another shape', { text: 5 }, /^text/],
    ['with something unknown', { text: 'a', more: true }, /more/],
    ['that nobody could read', { text: 'x'.repeat(70_000) }, /at most 65536/],
  ])('refuses a payload %s', async (_what, payload, message) => {
    const refused = bench.agent().propose({ ...proposal, payload });
    await expect(refused).rejects.toMatchObject({ code: 'InvalidInput' });
    await expect(refused).rejects.toThrow(message);
  });

  it('records who proposed it and for whom', async () => {
    const byAgent = await bench.agent('helper', 'boss').propose(proposal);
    const byPerson = await bench.person('worker').propose({ ...proposal, idempotencyKey: '2' });
    const bySystem = await bench
      .as({ kind: 'system' })
      .propose({ ...proposal, idempotencyKey: '3' });
    expect([byAgent, byPerson, bySystem]).toMatchObject([
      { requester: 'agent:helper for person:boss', sponsorPersonId: 'boss' },
      { requester: 'person:worker', sponsorPersonId: 'worker' },
      { requester: 'system', sponsorPersonId: null },
    ]);
  });

  it('keeps the rationale out of the chain and out of events', async () => {
    await bench.agent().propose({ ...proposal, rationale: 'because of a secret plan' });
    const entries = await bench.store.read.select().from(tables.auditEntries);
    const events = await bench.store.read.select().from(tables.outbox);
    expect(JSON.stringify([entries, events])).not.toContain('secret plan');
  });
});
