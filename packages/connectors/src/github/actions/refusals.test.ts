import type { ActionDefinition, ApprovedEffect, Preparation } from '@adjutant/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';

let trial: ActionTrial;
afterEach(async () => await trial.close());

const thread = { repository: 'acme/widgets', number: 1 };

async function prepare(id: string, payload: object): Promise<Preparation> {
  const definition = trial.action(id) as unknown as ActionDefinition<object>;
  return await definition.prepare(trial.context, payload);
}

async function effectOf(id: string, payload: object): Promise<ApprovedEffect<object>> {
  const { preconditions, target } = await prepare(id, payload);
  const base = { actionId: 'a', payload, preconditions, target, effectKey: 'a:0', step: 0 };
  return { ...base, previousResults: [] };
}

describe('labels', () => {
  it('that are not there are refused, because GitHub would make them', async () => {
    trial = await startActionTrial();
    await expect(prepare('pr.label', { ...thread, labels: ['automerge'] })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
  });

  it('are bound by their number, with the head that they may set off', async () => {
    trial = await startActionTrial();
    const payload = { ...thread, labels: ['ready'] };
    const { preconditions } = await prepare('pr.label', payload);
    expect(preconditions).toMatchObject({ headSha: trial.head.oid, labels: [{ name: 'ready' }] });
  });
});

describe('reviewers', () => {
  it('cannot be the author', async () => {
    trial = await startActionTrial();
    const payload = { ...thread, reviewers: ['ada'] };
    await expect(prepare('pr.assign_reviewers', payload)).rejects.toMatchObject({
      code: 'InvalidInput',
    });
  });

  it('who have answered since count as asked', async () => {
    trial = await startActionTrial();
    const payload = { ...thread, reviewers: ['grace'] };
    const definition = trial.action('pr.assign_reviewers') as unknown as ActionDefinition<object>;
    const effect = await effectOf('pr.assign_reviewers', payload);
    await definition.execute(trial.context, effect);
    const { data, pullRequest, reviewer } = trial;
    data.addReview(pullRequest, { state: 'APPROVED', submittedAt: 9, author: reviewer });
    expect(await definition.probe?.(trial.context, effect)).toMatchObject({ outcome: 'applied' });
  });
});

describe('issues', () => {
  it('an issue of low priority calls nobody and is not urgent', async () => {
    trial = await startActionTrial();
    const issue = { repository: 'acme/widgets', title: 'Small', body: 'For @grace' };
    await expect(prepare('issue.create.low', issue)).rejects.toMatchObject({
      code: 'InvalidInput',
    });
    const { inputSchema } = trial.action('issue.create.low');
    for (const more of [
      { labels: ['P0'] },
      { labels: ['priority: high'] },
      { assignees: ['ada'] },
    ]) {
      expect(inputSchema.safeParse({ ...issue, ...more }).success).toBe(false);
    }
  });

  it('a comment on an issue is none on a pull request', async () => {
    trial = await startActionTrial();
    await expect(prepare('issue.comment', { ...thread, body: 'Hm' })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
  });
});

describe('runs of workflows', () => {
  it('are of high risk unless the workflow is said to deploy nothing', async () => {
    trial = await startActionTrial();
    const payload = { repository: 'acme/widgets', runId: trial.run.id };
    const unknown = await prepare('workflow.rerun', payload);
    expect(unknown.raisedRisk).toMatchObject({ risk: 'high' });
    expect(unknown.conditions).toMatchObject({ deploys: null });
    await trial.close();
    trial = await startActionTrial({ workflows: { '*': ['build.yml'] } });
    expect((await prepare('workflow.rerun', payload)).conditions).toMatchObject({ deploys: true });
    await trial.close();
    trial = await startActionTrial({
      workflows: { '*': [{ workflow: 'build.yml', deploys: false }] },
    });
    expect((await prepare('workflow.rerun', payload)).conditions).toMatchObject({ deploys: false });
    await trial.close();
    trial = await startActionTrial({ nonDeployingWorkflows: { 'acme/widgets': ['build.yml'] } });
    const named = await prepare('workflow.rerun', payload);
    expect(named.raisedRisk).toBeUndefined();
    expect(named.conditions).toMatchObject({ deploys: false });
  });

  it("somebody else's new attempt is not taken for ours", async () => {
    trial = await startActionTrial();
    const payload = { repository: 'acme/widgets', runId: trial.run.id };
    const effect = await effectOf('workflow.rerun', payload);
    Object.assign(trial.run, { attempt: 2, triggeringActor: trial.reviewer });
    const definition = trial.action('workflow.rerun') as unknown as ActionDefinition<object>;
    expect(await definition.probe?.(trial.context, effect)).toMatchObject({ outcome: 'unclear' });
  });

  it('a run that goes on is refused', async () => {
    trial = await startActionTrial();
    const payload = { repository: 'acme/widgets', runId: trial.run.id };
    const effect = await effectOf('workflow.rerun', payload);
    trial.run.status = 'in_progress';
    const definition = trial.action('workflow.rerun') as unknown as ActionDefinition<object>;
    expect(await definition.execute(trial.context, effect)).toMatchObject({ outcome: 'refused' });
  });
});

describe('closing', () => {
  it('does not claim one that was merged a moment before', async () => {
    trial = await startActionTrial();
    const effect = await effectOf('pr.close', thread);
    trial.data.merge(trial.pullRequest, { at: 9 });
    const definition = trial.action('pr.close') as unknown as ActionDefinition<object>;
    expect(await definition.execute(trial.context, effect)).toMatchObject({ outcome: 'refused' });
    expect(await definition.probe?.(trial.context, effect)).toEqual({ outcome: 'absent' });
  });
});
