import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { exampleInputs } from '../testing/example-inputs.ts';
import { getActions } from './get-actions.ts';

describe('get_actions', () => {
  it('lists actions with what each waits for', async () => {
    const answer = await callFake('get_actions');
    expect(getActions.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "actions:
      action_id	type	status	risk	mode	target	expires_at	next_step
      AaGMJQ1EfcWopIwjiXkGsA	issue.create.low	pending	medium	ask	acme/billing-api	2026-10-31T08:30Z	Approve or decline it: adjutant approvals
      total: 1
      next_cursor: -
      detail: -
      worker.running: false
      worker.start: adjutant serve"
    `);
  });

  it('shows one in full: what was fetched, and no proof of any decision', async () => {
    const answer = await callFake('get_actions', exampleInputs['get_actions']);
    expect(getActions.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "actions: none
      total: 1
      next_cursor: -
      detail.action_id: AaGMJQ1EfcWopIwjiXkGsA
      detail.type: issue.create.low
      detail.status: pending
      detail.risk: medium
      detail.mode: ask
      detail.target: acme/billing-api
      detail.expires_at: 2026-10-31T08:30Z
      detail.next_step: Approve or decline it: adjutant approvals
      detail.revision: 1
      detail.payload: {"repository":"acme/billing-api","title":"Retry failed webhooks"}
      detail.payload_hash: d2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26
      detail.policy_reason: issue.create.low asks a person
      detail.facts:
      label	value	warning
      Repository	acme/billing-api (private)	false
      Visible to	14 people	true
      detail.recipients: watchers of acme/billing-api
      detail.decisions: none
      detail.outcome: -
      worker.running: false
      worker.start: adjutant serve"
    `);
  });

  it('says where an id comes from that it does not know', async () => {
    const answer = await callFake('get_actions', { action_id: 'nobody' });
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain('get_actions lists them');
  });
});
