import { afterEach, describe, expect, it } from 'vitest';
import { type ActionBench, benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { createAgentActions, createAssistantActions } from './create-agent-actions.ts';

let bench: ActionBench;
afterEach(() => bench.close());

async function open(mode: 'ask' | 'require_approval') {
  const definitions = [createTestAction({ target: createTestTarget() })];
  bench = await openActionBench({ definitions, policy: () => ({ mode }) });
  bench.assurances.set('sponsor', 'cooperative');
  const viewer = { kind: 'agent', name: 'assistant', sponsorPersonId: 'sponsor' } as const;
  const scope = { deps: bench.deps, workspaceId: benchWorkspaceId, viewer };
  const worker = async () => ({ running: false, start: 'adjutant serve' });
  const actions = createAssistantActions(scope, worker);
  const { id } = await actions.propose({
    type: 'test.write',
    payload: { text: 'hello' },
    idempotencyKey: 'key-1',
  });
  await bench.settle();
  const { revision, payloadHash } = await actions.get(id);
  const answer = { actionId: id, revision, payloadHash: payloadHash ?? '', client: 'a client' };
  return { actions, scope, answer };
}

describe('what an assistant is given', () => {
  it('holds nothing that decides, changes, settles or stops', async () => {
    const { scope } = await open('ask');
    expect(Object.keys(createAgentActions(scope)).toSorted()).toEqual([
      'await',
      'get',
      'list',
      'propose',
      'withdraw',
    ]);
  });

  it('passes on its sponsor’s answer where an ordinary yes suffices', async () => {
    const { actions, answer } = await open('ask');
    const decided = await actions.noteElicitedAnswer({ ...answer, verdict: 'approve' });
    expect(decided).toMatchObject({
      status: 'approved',
      decisions: [
        { surface: 'elicitation', assurance: 'cooperative', reviewerPersonId: 'sponsor' },
      ],
    });
  });

  it('passes on nothing that counts where an approval is needed', async () => {
    const { actions, answer } = await open('require_approval');
    await expect(
      actions.noteElicitedAnswer({ ...answer, verdict: 'approve' }),
    ).rejects.toMatchObject({ code: 'Permission' });
    expect(await actions.get(answer.actionId)).toMatchObject({ status: 'pending', decisions: [] });
  });

  it('lists what there is, what waits first, by status and in pages', async () => {
    const { actions } = await open('ask');
    bench.clock.advance(1_000);
    await actions.propose({ type: 'test.write', payload: { text: 'b' }, idempotencyKey: 'key-2' });
    const first = await actions.list({ limit: 1 });
    expect(first).toMatchObject({ total: 2, items: [{ status: 'pending' }] });
    const rest = await actions.list({ limit: 1, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ status: 'preparing' }], nextCursor: null });
    expect(await actions.list({ status: ['executed'] })).toMatchObject({ total: 0, items: [] });
  });
});
