import { afterEach, describe, expect, it } from 'vitest';
import { createProofVerifier } from '../approvers/proof-verifier.ts';
import { localRelyingParty, notYetServed } from '../approvers/relying-party.ts';
import type { Viewer } from '../domain.ts';
import { type ActionBench, benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { noteElicitedAnswer } from './note-elicited-answer.ts';

let bench: ActionBench;
afterEach(() => bench.close());

const assistant = { kind: 'agent', name: 'assistant', sponsorPersonId: 'sponsor' } as const;

async function open(mode: 'ask' | 'require_approval') {
  const definitions = [createTestAction({ target: createTestTarget() })];
  bench = await openActionBench({ definitions, policy: () => ({ mode }) });
  bench.assurances.set('sponsor', 'cooperative');
  const { deps } = bench;
  const actions = bench.as(assistant);
  const { id } = await actions.propose({
    type: 'test.write',
    payload: { text: 'hello' },
    idempotencyKey: 'key-1',
  });
  await bench.settle();
  const { revision, payloadHash } = await actions.get(id);
  const answer = { actionId: id, revision, payloadHash: payloadHash ?? '', client: 'a client' };
  const note = (viewer: Viewer, client = answer.client) =>
    noteElicitedAnswer(
      { deps, workspaceId: benchWorkspaceId, viewer },
      { ...answer, client, verdict: 'approve' },
    );
  return { note, actions, id };
}

describe('the answer to a form of an assistant’s client', () => {
  it('is its sponsor’s, and counts where an ordinary yes suffices', async () => {
    const { note, actions, id } = await open('ask');
    await note(assistant);
    expect(await actions.get(id)).toMatchObject({
      status: 'approved',
      decisions: [
        { surface: 'elicitation', assurance: 'cooperative', reviewerPersonId: 'sponsor' },
      ],
    });
  });

  it('does not count where an approval is needed, and the ledger tells', async () => {
    const { note, actions, id } = await open('require_approval');
    await expect(note(assistant)).rejects.toMatchObject({ code: 'Permission' });
    expect(await actions.get(id)).toMatchObject({ status: 'pending', decisions: [] });
  });

  it.each<Viewer>([{ kind: 'person', personId: 'sponsor', role: 'admin' }, { kind: 'system' }])(
    'is passed on by nobody else: $kind',
    async (viewer) => {
      const { note, actions, id } = await open('ask');
      await expect(note(viewer)).rejects.toMatchObject({ code: 'Permission' });
      expect(await actions.get(id)).toMatchObject({ status: 'pending', decisions: [] });
    },
  );

  it('names the client as it names itself: shortened, and without secrets', async () => {
    const { store, clock } = (bench = await openActionBench({ definitions: [] }));
    const verifier = createProofVerifier({
      store,
      clock,
      relyingParty: notYetServed(localRelyingParty),
    });
    const token = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');
    const proof = { kind: 'elicitation', client: `desk ${token}` } as const;
    const about = { workspaceId: '', actionId: '', revision: 1, payloadHash: '' };
    const input = { ...about, verdict: 'approve', reviewerPersonId: '', proof } as const;
    expect((await verifier.verify(input)).evidence).toEqual({
      kind: 'elicitation',
      client: 'desk [secret]',
    });
  });
});
