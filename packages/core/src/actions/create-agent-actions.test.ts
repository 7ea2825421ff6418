import { afterEach, describe, expect, it } from 'vitest';
import { type ActionBench, benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { createAgentActions } from './create-agent-actions.ts';

let bench: ActionBench;
afterEach(() => bench.close());

async function open() {
  const definitions = [createTestAction({ target: createTestTarget() })];
  bench = await openActionBench({ definitions, policy: () => ({ mode: 'ask' }) });
  const viewer = { kind: 'agent', name: 'assistant', sponsorPersonId: 'sponsor' } as const;
  const actions = createAgentActions({ deps: bench.deps, workspaceId: benchWorkspaceId, viewer });
  const propose = (text: string) =>
    actions.propose({ type: 'test.write', payload: { text }, idempotencyKey: text });
  await propose('a');
  await bench.settle();
  return { actions, propose };
}

describe('what an assistant is given', () => {
  it('holds nothing that decides, changes, settles or stops', async () => {
    const { actions } = await open();
    const names = ['await', 'get', 'list', 'propose', 'withdraw'];
    expect(Object.keys(actions).toSorted()).toEqual(names);
  });

  it('lists what there is, what waits first, by status and in pages', async () => {
    const { actions, propose } = await open();
    bench.clock.advance(1_000);
    await propose('b');
    const first = await actions.list({ limit: 1 });
    expect(first).toMatchObject({ total: 2, items: [{ status: 'pending' }] });
    const rest = await actions.list({ limit: 1, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ status: 'preparing' }], nextCursor: null });
    expect(await actions.list({ status: ['executed'] })).toMatchObject({ total: 0, items: [] });
  });
});
