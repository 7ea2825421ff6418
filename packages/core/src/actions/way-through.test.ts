import { afterEach, describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench, type TestPolicy } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';

let bench: ActionBench;
let target: TestTarget;

async function open(
  policy: TestPolicy = () => ({}),
  options: Partial<Parameters<typeof createTestAction>[0]> = {},
): Promise<void> {
  target = createTestTarget();
  bench = await openActionBench({
    definitions: [createTestAction({ target, ...options })],
    policy,
  });
}

afterEach(() => bench.close());

const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: 'key-1' };

async function ledger(): Promise<string[]> {
  const rows = await bench.store.read
    .select()
    .from(tables.auditEntries)
    .orderBy(tables.auditEntries.id);
  return rows.map((row) => row.event).filter((event) => event.startsWith('action.'));
}

describe('the way of an action', () => {
  it('runs at once what policy allows, and leaves a ledger of one trace', async () => {
    await open();
    const proposed = await bench.agent().propose(proposal);
    expect(proposed).toMatchObject({ status: 'preparing', payloadHash: null });
    await bench.settle();
    const executed = await bench.agent().get(proposed.id);
    expect(executed).toMatchObject({ status: 'executed', decidedBy: 'policy:policy-hash' });
    expect(target.effects).toHaveLength(1);
    expect(await ledger()).toEqual([
      'action.proposed',
      'action.prepared',
      'action.approved',
      'action.claimed',
      'action.executed',
    ]);
    const rows = await bench.store.read.select().from(tables.auditEntries);
    expect(new Set(rows.map((row) => row.traceId))).toEqual(new Set([executed.traceId]));
    const outbox = await bench.store.read.select().from(tables.outbox);
    expect(outbox.map((row) => row.event)).toEqual(await ledger());
  });

  it('waits for a person where policy asks, and runs exactly what was approved', async () => {
    await open(() => ({ mode: 'ask' }));
    const { id } = await bench.agent().propose(proposal);
    await bench.settle();
    const pending = await bench.agent().get(id);
    expect(pending).toMatchObject({ status: 'pending', mode: 'ask', quorum: 1 });
    expect(target.effects).toHaveLength(0);
    expect(await bench.decide('sponsor', pending)).toMatchObject({ status: 'approved' });
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({
      status: 'executed',
      payloadHash: pending.payloadHash,
    });
    expect(target.effects).toMatchObject([{ payload: { text: 'hello' } }]);
  });

  it('blocks what policy forbids', async () => {
    await open(() => ({ mode: 'deny', reasons: ['Not here.'] }));
    const { id } = await bench.agent().propose(proposal);
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({
      status: 'blocked',
      policyReason: 'Not here.',
    });
    expect(await ledger()).toContain('action.blocked');
  });

  it('never runs high risk without a decision, whatever a policy answers', async () => {
    await open(() => ({ mode: 'auto' }), { risk: 'high' });
    const { id } = await bench.agent().propose(proposal);
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({
      status: 'pending',
      mode: 'require_approval',
      assurance: 'presence',
    });
  });

  it('asks for approval where the policy itself fails', async () => {
    await open(() => {
      throw new Error('broken');
    });
    const { id } = await bench.agent().propose(proposal);
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({
      status: 'pending',
      mode: 'require_approval',
    });
  });

  it('modify, approve with presence: one person and one assistant get there alone', async () => {
    await open(() => ({ mode: 'require_approval' }), { risk: 'high' });
    const { id } = await bench.agent().propose(proposal);
    await bench.settle();
    const changed = await bench.person('sponsor').modify({
      actionId: id,
      revision: 1,
      payload: { text: 'hello, all' },
      reason: 'kinder',
    });
    expect(changed).toMatchObject({ status: 'preparing', revision: 2, payloadHash: null });
    await bench.settle();
    const pending = await bench.agent().get(id);
    await bench.decide('sponsor', pending);
    await bench.settle();
    expect(await bench.agent().get(id)).toMatchObject({ status: 'executed', revision: 2 });
    expect(target.effects).toMatchObject([{ payload: { text: 'hello, all' } }]);
  });
});
