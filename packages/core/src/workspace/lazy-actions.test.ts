import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';

async function openWithBrokenPolicy() {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-broken-policy-'));
  const file = join(folder, 'adjutant.policy.yaml');
  const store = join(folder, 'store.db');
  const actions = [createTestAction({ target: createTestTarget() })];
  const before = await createAdjutant({ store, actions });
  const proposal = { type: 'test.write', payload: { text: 'hello' } };
  const handle = before.workspace().as(await before.owner());
  const { id } = await handle.actions.propose({ ...proposal, idempotencyKey: 'key-1' });
  await before.close();
  writeFileSync(file, 'actions: [');
  const adjutant = await createAdjutant({ store, actions, policy: { file } });
  onTestFinished(async () => {
    await adjutant.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { id, proposal, actions: adjutant.workspace().as(await adjutant.owner()).actions };
}

test('with a broken policy everything can be looked at, stopped and taken back', async () => {
  const { id, actions } = await openWithBrokenPolicy();
  expect((await actions.list()).items.map((item) => item.id)).toEqual([id]);
  expect(await actions.get(id)).toMatchObject({ status: 'preparing' });
  await actions.stop(undefined, 'the policy is broken');
  expect(await actions.stops()).toMatchObject([{ scope: '*', reason: 'the policy is broken' }]);
  expect(await actions.types()).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'test.write' })]),
  );
  expect(await actions.withdraw(id)).toMatchObject({ status: 'revoked' });
});

test('with a broken policy a refusal needs no policy, and an approval is not taken', async () => {
  const { id, actions, proposal } = await openWithBrokenPolicy();
  const decision = { actionId: id, revision: 1, payloadHash: 'x' } as const;
  const proof = { kind: 'terminal', operatingSystemUser: 'somebody' } as const;
  // It waits for its preparation still, so that there is nothing to decline; but that is the answer.
  await expect(actions.decide({ ...decision, verdict: 'decline', proof })).rejects.toMatchObject({
    code: 'Conflict',
  });
  await expect(actions.decide({ ...decision, verdict: 'approve', proof })).rejects.toMatchObject({
    code: 'Configuration',
  });
  await expect(actions.propose({ ...proposal, idempotencyKey: 'key-2' })).rejects.toMatchObject({
    code: 'Configuration',
  });
});
