import { describe, expect, it } from 'vitest';
import { githubNormalisers, type NormaliserPlace } from './normalise.ts';

const place: NormaliserPlace = { repository: { id: '77', fullName: 'acme/widgets' } };
const at = '2026-03-01T10:00:00Z';
const ada = { id: 1, login: 'ada', type: 'User' };
const grace = { id: 2, login: 'grace', type: 'User' };

describe('events of an issue in REST', () => {
  const issue = { id: 5, number: 3, title: 'It breaks', state: 'closed', user: ada, closed_at: at };

  it('are done by the one who assigned, whom REST names beside the one who was', () => {
    // REST gives the assignee as the actor.
    const assigned = { id: 1, event: 'assigned', actor: grace, assignee: grace, assigner: ada };
    const events = [
      { ...assigned, created_at: at },
      { ...assigned, id: 2, event: 'unassigned', created_at: at },
    ];
    const rows = githubNormalisers.issue(issue, place, { events });
    expect(rows.workItemChanges).toMatchObject([
      { field: 'assignee', toValue: 'grace', actorAccountExternalId: '1' },
      { field: 'assignee', fromValue: 'grace', toValue: null, actorAccountExternalId: '1' },
    ]);
  });

  it('close as the issue says that it is closed, where the event gives no reason', () => {
    // GitHub writes no reason for what was completed, and the issue says `completed`.
    const events = [{ id: 1, event: 'closed', actor: ada, created_at: at, state_reason: null }];
    const told = githubNormalisers.issue({ ...issue, state_reason: 'completed' }, place, {
      events,
    });
    expect(told.workItemChanges?.[0]?.toValue).toBe(told.workItems?.[0]?.originalStatus);
    expect(told.workItemChanges).toMatchObject([{ toValue: 'completed' }]);
    const old = githubNormalisers.issue({ ...issue, state_reason: null }, place, { events });
    expect(old.workItemChanges).toMatchObject([{ toValue: 'closed' }]);
    expect(old.workItems).toMatchObject([{ originalStatus: 'closed' }]);
  });
});

describe('events of a pull request in REST', () => {
  it('ask for a review by the one who asked', () => {
    const event = {
      id: 1,
      event: 'review_requested',
      actor: grace,
      review_requester: ada,
      requested_reviewer: grace,
      created_at: at,
    };
    const rows = githubNormalisers.pullRequestEvent(event, place, { pullRequestId: '9' });
    expect(rows.pullRequestEvents).toMatchObject([
      { actorAccountExternalId: '1', subjectAccountExternalId: '2' },
    ]);
  });
});

describe('comments in REST', () => {
  it('on code are told apart from those of the conversation, whose numbers are others', () => {
    const comment = { id: 4, user: ada, created_at: at };
    const extra = { pullRequestId: '9' };
    const onCode = { ...comment, pull_request_review_id: 8 };
    const [talk] = githubNormalisers.comment(comment, place, extra).pullRequestEvents ?? [];
    const [code] = githubNormalisers.comment(onCode, place, extra).pullRequestEvents ?? [];
    expect(talk?.externalId).toBe('comment:4');
    expect(code?.externalId).toBe('comment:review:4');
  });
});

describe('runs of workflows in REST', () => {
  it.each(['', null])('keep the word of their status while the conclusion is %j', (conclusion) => {
    const run = { id: 1, status: 'queued', conclusion, created_at: at };
    expect(githubNormalisers.workflowRun(run, place).pipelineRuns).toMatchObject([
      { result: 'running', originalResult: 'queued', finishedAt: null },
    ]);
  });
});

it('takes a linter that has an account of a person for the bot that it is', () => {
  const linter = { id: 42910462, login: 'golangcibot', type: 'User' };
  const { accounts } = githubNormalisers.account(linter, place);
  expect(accounts).toMatchObject([{ kind: 'service_bot', isBot: true }]);
});
