import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import {
  type DecidedAction,
  readActionStatistics,
  summariseDecisions,
} from './action-statistics.ts';
import type { ActionDetail } from './handle.ts';

let bench: ActionBench;
const from = Date.UTC(2026, 8, 1);
const window = { from, to: from + 60 * 86_400_000 };

beforeEach(async () => {
  const target = createTestTarget();
  bench = await openActionBench({ definitions: [createTestAction({ target })] });
});
afterEach(() => bench.close());

let keys = 0;
async function propose(): Promise<ActionDetail> {
  keys += 1;
  const proposal = { type: 'test.write', payload: { text: 'a' }, idempotencyKey: `key-${keys}` };
  const { id } = await bench.agent().propose(proposal);
  await bench.settle();
  return bench.agent().get(id);
}

const read = () => readActionStatistics(bench.store, { workspaceId: 'default', window });

describe('statistics of actions', () => {
  it('three approved, one changed, one declined: two of five were overridden', async () => {
    bench.policy = () => ({ mode: 'ask' });
    for (let turn = 0; turn < 3; turn += 1) await bench.decide('reviewer', await propose());
    const changed = await propose();
    const change = { actionId: changed.id, revision: 1, payload: { text: 'b' }, reason: 'so' };
    await bench.person('reviewer').modify(change);
    await bench.settle();
    await bench.decide('reviewer', await bench.agent().get(changed.id));
    await bench.decide('reviewer', await propose(), 'decline');
    expect((await read()).approvalOverrideRate).toBe(0.4);
  });

  it('counts seven that policy let run and five that people decided', async () => {
    for (let turn = 0; turn < 7; turn += 1) await propose();
    bench.policy = () => ({ mode: 'ask' });
    for (let turn = 0; turn < 5; turn += 1) await bench.decide('reviewer', await propose());
    expect((await read()).autoVsHitlCounts).toEqual({ auto: 7, hitl: 5 });
  });

  it('measures from the moment somebody could decide to the moment it was decided', async () => {
    bench.policy = () => ({ mode: 'require_approval', quorum: 2 });
    const action = await propose();
    bench.clock.advance(60_000);
    await bench.decide('one', action);
    bench.clock.advance(30_000);
    await bench.decide('two', action);
    expect((await read()).approvalLatencyMs).toEqual([90_000]);
  });

  it('knows no rate where nobody decided anything, and takes no expiry for a refusal', async () => {
    bench.policy = () => ({ mode: 'ask' });
    await propose();
    bench.clock.advance(25 * 3_600_000);
    await bench.settle();
    expect(await read()).toEqual({
      approvalLatencyMs: [],
      approvalOverrideRate: null,
      autoVsHitlCounts: { auto: 0, hitl: 0 },
    });
  });

  it('does not depend on the order of actions', () => {
    const action = { byPolicy: false, waitedFrom: 0, verdict: 'approve', modified: false } as const;
    const decided: DecidedAction[] = [
      { ...action, decidedAt: 3 },
      { ...action, decidedAt: 1, modified: true },
      { ...action, decidedAt: 2, byPolicy: true },
    ];
    expect(summariseDecisions(decided)).toEqual(summariseDecisions(decided.toReversed()));
  });
});
