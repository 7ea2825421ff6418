import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { exampleInputs } from '../testing/example-inputs.ts';
import { fakeWorkspace } from '../testing/fake-workspace.ts';
import { proposeAction } from './propose-action.ts';

const input = exampleInputs['propose_action'] ?? {};

describe('propose_action', () => {
  it('answers with the id, the risk, how long it lasts and how it is decided', async () => {
    const answer = await callFake('propose_action', input);
    expect(proposeAction.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "action_id: AaGMJQ1EfcWopIwjiXkGsA
      risk: medium
      ttl: 86400
      status: preparing
      links.action: adjutant://actions/AaGMJQ1EfcWopIwjiXkGsA
      links.decide: adjutant approvals approve 01a18c25-0d44-7dc5-a8a4-8c23897906b0
      worker.running: false
      worker.start: adjutant serve"
    `);
  });

  it('passes the words on as they are', async () => {
    const workspace = fakeWorkspace();
    await callFake('propose_action', input, workspace);
    const { items } = await workspace.actions.list();
    expect(items[0]).toMatchObject({ type: 'issue.create.low', status: 'preparing' });
  });

  it('needs a key, so that a call repeated is one action', async () => {
    const { idempotency_key: _, ...without } = input;
    const answer = await callFake('propose_action', without);
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain('idempotency_key');
  });
});
