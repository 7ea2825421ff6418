import { type ActionContext, type ActionDefinition, silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jiraConfigSchema } from '../config.ts';
import { createJiraData } from '../testing/jira-data.ts';
import { startJiraTwin } from '../testing/start-jira-twin.ts';
import { issuePage } from '../writing/read-issue.ts';
import { jiraActions } from './index.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

async function start(more: object = {}) {
  const data = createJiraData();
  const owner = data.addUser({ displayName: 'Ada Hill' });
  const project = data.addProject('PAY', 'Payments');
  const other = data.addProject('CORE');
  const issue = data.addIssue(project, { summary: 'Pay twice', at: now - 1_000, by: owner });
  const twin = await startJiraTwin({ data, owner, clock: { now: () => now } });
  onTestFinished(() => twin.close());
  const config = jiraConfigSchema.parse({
    site: twin.url,
    projects: ['PAY'],
    email: twin.email,
    token: twin.token,
    writeToken: twin.writeToken,
    ...more,
  });
  const context: ActionContext = {
    workspaceId: 'workspace-1',
    clock: createFakeClock(now),
    logger: silentLogger,
    fetch,
    signal: new AbortController().signal,
  };
  const action = (id: string) => {
    const found = jiraActions(config).find((definition) => definition.id === id);
    return found as unknown as ActionDefinition<unknown>;
  };
  const effectOf = async (id: string, payload: unknown) => {
    const { preconditions, target } = await action(id).prepare(context, payload);
    return {
      actionId: 'action-1',
      payload,
      preconditions,
      target,
      effectKey: 'key-1',
      step: 0,
      previousResults: [],
    };
  };
  return { data, owner, project, other, issue, twin, context, action, effectOf };
}

describe('what is proposed', () => {
  it('names an issue of a selected project, by the key that it has now', async () => {
    const { action, context, data, issue, other, owner } = await start();
    const comment = action('issue.comment');
    await expect(comment.prepare(context, { issue: 'CORE-1', body: 'x' })).rejects.toThrow(
      'not selected',
    );
    await expect(comment.prepare(context, { issue: 'PAY-9', body: 'x' })).rejects.toThrow(
      'shows no issue PAY-9',
    );
    data.moveToProject(issue, other, { at: now, by: owner });
    await expect(comment.prepare(context, { issue: 'PAY-1', body: 'x' })).rejects.toThrow();
  });

  it('names a status that the issue can come to, and a type that the project has', async () => {
    const { action, context } = await start();
    await expect(
      action('issue.transition').prepare(context, { issue: 'PAY-1', status: 'Shipped' }),
    ).rejects.toMatchObject({ hint: 'It can be moved to: In Progress, In Review, Done.' });
    await expect(
      action('issue.create').prepare(context, { project: 'PAY', type: 'Wish', title: 'x' }),
    ).rejects.toMatchObject({ hint: 'It has: Story, Bug, Task, Epic.' });
  });

  it('reads the moves as whoever may make them, and says what is missing where nobody may', async () => {
    const payload = { issue: 'PAY-1', status: 'Done' };
    const without = await start({ writeToken: undefined });
    await expect(
      without.action('issue.transition').prepare(without.context, payload),
    ).rejects.toMatchObject({
      code: 'Permission',
      message: expect.stringContaining('JIRA_WRITE_TOKEN'),
    });
    const { action, context, twin } = await start();
    twin.faults.push({
      path: /transitions$/,
      answer: { status: 200, body: { transitions: [] } },
    });
    await expect(action('issue.transition').prepare(context, payload)).rejects.toMatchObject({
      code: 'Permission',
      message: expect.stringContaining('"Transition issues"'),
    });
  });

  it('gives an issue only to somebody who is there', async () => {
    const { action, context, data } = await start();
    const gone = data.addUser({ displayName: 'Linus Berg', active: false });
    await expect(
      action('issue.assign').prepare(context, { issue: 'PAY-1', assignee: gone.accountId }),
    ).rejects.toThrow('not active');
    const preview = await action('issue.assign').prepare(context, {
      issue: 'PAY-1',
      assignee: null,
    });
    expect(preview.facts).toContainEqual({ label: 'Gives to', value: 'nobody', tone: 'plain' });
  });

  it('is bound to the status and the assignee that were seen', async () => {
    const { action, context, data, issue, owner } = await start();
    const payload = { issue: 'PAY-1', status: 'Done' };
    const { preconditions } = await action('issue.transition').prepare(context, payload);
    data.transition(issue, 'In Review', { at: now, by: owner });
    expect(await action('issue.transition').observe(context, payload)).not.toEqual(preconditions);
    const given = { issue: 'PAY-1', assignee: null };
    const before = await action('issue.assign').prepare(context, given);
    data.assign(issue, owner, { at: now, by: owner });
    expect(await action('issue.assign').observe(context, given)).not.toEqual(before.preconditions);
  });
});

describe('what is sent', () => {
  it('is refused without a credential for writing, and reading never lends its own', async () => {
    const { action, context, effectOf, twin } = await start({ writeToken: undefined });
    const effect = await effectOf('issue.comment', { issue: 'PAY-1', body: 'x' });
    expect(await action('issue.comment').execute(context, effect)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('JIRA_WRITE_TOKEN'),
    });
    expect(twin.writes).toEqual([]);
  });

  it('waits where Jira asks to, is refused where it says no, and is unknown where it breaks', async () => {
    const { action, context, effectOf, twin } = await start();
    const comment = action('issue.comment');
    const effect = await effectOf('issue.comment', { issue: 'PAY-1', body: 'x' });
    const answers = async (status: number, headers = {}) => {
      const body = { errorMessages: ['So it is.'] };
      twin.faults.push({ path: /comment$/, answer: { status, headers, body } });
      return await comment.execute(context, effect);
    };
    expect(await answers(429, { 'retry-after': '7' })).toMatchObject({
      outcome: 'not_applied',
      retryAfterMs: 7_000,
    });
    expect(await answers(429, { 'retry-after': 'soon' })).toMatchObject({ retryAfterMs: 60_000 });
    expect(await answers(403)).toMatchObject({ outcome: 'refused' });
    expect(await answers(400)).toMatchObject({
      outcome: 'refused',
      reason: 'Jira refused it (400). It said: So it is.',
    });
    await expect(answers(503)).rejects.toThrow('whether it was done is not known');
    twin.faults.push({ path: /comment$/, drops: 'after' });
    await expect(comment.execute(context, effect)).rejects.toThrow('not known');
    expect(await comment.probe?.(context, effect)).toMatchObject({ outcome: 'applied' });
  });

  it('is an internal comment in a service project, which it is found again among', async () => {
    const { action, context, effectOf, issue, project } = await start();
    const body = { issue: 'PAY-1', body: 'Seen.' };
    const plain = await effectOf('issue.comment', body);
    project.typeKey = 'service_desk';
    expect(await action('issue.comment').observe(context, body)).not.toEqual(plain.preconditions);
    const { facts } = await action('issue.comment').prepare(context, body);
    expect(facts).toContainEqual({
      label: 'Comment',
      value: 'internal: for agents of the service project, not for customers',
      tone: 'warning',
    });
    const effect = await effectOf('issue.comment', body);
    await action('issue.comment').execute(context, effect);
    expect(issue.comments[0]?.properties).toContainEqual({
      key: 'sd.public.comment',
      value: { internal: true },
    });
    expect(await action('issue.comment').probe?.(context, effect)).toMatchObject({
      outcome: 'applied',
    });
  });

  it('calls nobody: what looks like a mention or a macro stays words', async () => {
    const { action, context, effectOf, issue } = await start();
    const body = '@grace [~accountid:5b10ac8d82e05b22cc7d4e01] {code} <b>x</b>';
    const effect = await effectOf('issue.comment', { issue: 'PAY-1', body });
    await action('issue.comment').execute(context, effect);
    expect(issue.comments[0]?.body).toEqual({
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: body }] }],
    });
  });

  it('finds among equal issues the one of its own effect', async () => {
    const { action, context, effectOf, data, project, owner } = await start();
    const payload = { project: 'PAY', type: 'Bug', title: 'Two is odd' };
    const effect = await effectOf('issue.create', payload);
    data.addIssue(project, { summary: 'Two is odd', at: now, by: owner });
    expect(await action('issue.create').probe?.(context, effect)).toEqual({ outcome: 'absent' });
    await action('issue.create').execute(context, effect);
    expect(await action('issue.create').probe?.(context, effect)).toMatchObject({
      outcome: 'applied',
      result: { key: 'PAY-3' },
    });
  });

  it('does not say that a move happened where somebody moved the issue elsewhere', async () => {
    const { action, context, effectOf, data, issue, owner } = await start();
    const effect = await effectOf('issue.transition', { issue: 'PAY-1', status: 'Done' });
    data.transition(issue, 'In Review', { at: now, by: owner });
    expect(await action('issue.transition').probe?.(context, effect)).toMatchObject({
      outcome: 'unclear',
    });
  });
});

it('links to the page of an issue only where the address has pages', () => {
  expect(issuePage({ site: 'https://acme.atlassian.net' }, 'PAY-1')).toBe(
    'https://acme.atlassian.net/browse/PAY-1',
  );
  expect(issuePage({ site: 'https://api.atlassian.com/ex/jira/1234' }, 'PAY-1')).toBe(null);
});
