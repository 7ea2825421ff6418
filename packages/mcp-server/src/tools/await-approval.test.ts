import { describe, expect, it } from 'vitest';
import { plainCall } from '../tool-call.ts';
import { callFake } from '../testing/call-fake.ts';
import { exampleInputs } from '../testing/example-inputs.ts';
import { fakeAction } from '../testing/fake-actions.ts';
import { fakeWorkspace } from '../testing/fake-workspace.ts';
import { awaitApproval } from './await-approval.ts';

const input = exampleInputs['await_approval'] ?? {};

describe('await_approval', () => {
  it('answers pending as an ordinary answer, with what a person has to do', async () => {
    const answer = await callFake('await_approval', input);
    expect(awaitApproval.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "action_id: AaGMJQ1EfcWopIwjiXkGsA
      type: issue.create.low
      status: pending
      risk: medium
      mode: ask
      target: acme/billing-api
      expires_at: 2026-10-31T08:30Z
      next_step: Approve or decline it: adjutant approvals
      payload_hash: d2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26
      decided_by: -
      outcome: -
      link: adjutant://actions/AaGMJQ1EfcWopIwjiXkGsA
      worker.running: false
      worker.start: adjutant serve"
    `);
  });

  it('waits no longer than a client bears', async () => {
    const answer = await callFake('await_approval', { ...input, max_wait_s: 46 });
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain('max_wait_s');
  });

  it('asks for an ordinary yes by a form, bound to exactly what is shown', async () => {
    const called: string[] = [];
    const workspace = fakeWorkspace({ onCall: (name) => called.push(name) });
    const question = await awaitApproval.question?.(
      { action_id: fakeAction.id },
      workspace,
      plainCall(),
    );
    expect(question?.message).toMatchInlineSnapshot(`
      "Create an issue: acme/billing-api
      Repository: acme/billing-api (private)
      Visible to: 14 people
      Reaches: watchers of acme/billing-api
      Exactly: {"repository":"acme/billing-api","title":"Retry failed webhooks"}
      Text: Retry failed webhooks"
    `);
    expect(question?.binding).toBe(`${fakeAction.id}.1.${fakeAction.payloadHash}`);
    await question?.answered('decline');
    expect(called).toContain('noteElicitedAnswer decline');
  });

  it.each([
    ['is too long', 'word '.repeat(500)],
    ['has what nobody sees', 'Retry failed\u202eskoohbew'],
    ['could act', 'Retry\u001b[2Kfailed'],
  ])(
    'asks by no form for a text that %s: what is not shown is not agreed to',
    async (_, content) => {
      const workspace = fakeWorkspace();
      const { preview } = fakeAction;
      const get = async () => ({
        ...fakeAction,
        preview: preview === null ? null : { ...preview, content },
      });
      const actions = { ...workspace.actions, get };
      const named = { action_id: fakeAction.id };
      const question = await awaitApproval.question?.(
        named,
        { ...workspace, actions },
        plainCall(),
      );
      expect(question).toBeNull();
    },
  );

  it.each([
    [20, true],
    [60, false],
  ])(
    'asks by a form for a text of %i lines only where it can show all of it',
    async (lines, isShown) => {
      const workspace = fakeWorkspace();
      const { preview } = fakeAction;
      const content = Array.from({ length: lines }, (_, line) => `line ${line} of the text`).join(
        '\n',
      );
      const get = async () => ({
        ...fakeAction,
        preview: preview === null ? null : { ...preview, content },
      });
      const actions = { ...workspace.actions, get };
      const named = { action_id: fakeAction.id };
      const question = await awaitApproval.question?.(
        named,
        { ...workspace, actions },
        plainCall(),
      );
      expect(question?.isShown ?? false).toBe(isShown);
      if (isShown) expect(question?.message).toContain(content);
    },
  );

  it('asks by no form for what needs proof that a person is there', async () => {
    const workspace = fakeWorkspace();
    const strict = {
      ...workspace.actions,
      get: async () => ({
        ...fakeAction,
        mode: 'require_approval' as const,
        assurance: 'presence' as const,
      }),
    };
    const question = await awaitApproval.question?.(
      { action_id: fakeAction.id },
      { ...workspace, actions: strict },
      plainCall(),
    );
    expect(question?.isShown).toBe(false);
  });
});
