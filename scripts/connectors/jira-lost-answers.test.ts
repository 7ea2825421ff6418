import {
  type ActionContext,
  type ActionDefinition,
  silentLogger,
} from '../../packages/core/src/index.ts';
import { createFakeClock } from '../../packages/core/src/testing.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openActionBench } from '../../packages/core/src/testing/action-bench.ts';
import { jiraConfigSchema } from '../../packages/connectors/src/jira/config.ts';
import { createJiraData } from '../../packages/connectors/src/jira/testing/jira-data.ts';
import type { TwinIssue } from '../../packages/connectors/src/jira/testing/jira-records.ts';
import { startJiraTwin } from '../../packages/connectors/src/jira/testing/start-jira-twin.ts';
import { jiraActions } from '../../packages/connectors/src/jira/actions/index.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const minuteMs = 60_000;

async function start() {
  const data = createJiraData();
  const owner = data.addUser({ displayName: 'Ada Hill' });
  const other = data.addUser({ displayName: 'Grace Park' });
  const project = data.addProject('PAY', 'Payments');
  const issue = data.addIssue(project, { summary: 'Pay twice', at: now - minuteMs, by: owner });
  const twin = await startJiraTwin({ data, owner, clock: { now: () => now } });
  onTestFinished(() => twin.close());
  const config = jiraConfigSchema.parse({
    site: twin.url,
    projects: ['PAY'],
    email: twin.email,
    token: twin.token,
    writeToken: twin.writeToken,
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
    const effectKey = 'key-1';
    const step = 0;
    const rest = { actionId: 'action-1', effectKey, step, previousResults: [] };
    return { ...rest, payload, preconditions, target };
  };
  const probe = async (id: string, effect: Awaited<ReturnType<typeof effectOf>>) =>
    await action(id).probe?.(context, effect);
  return { data, owner, other, project, issue, twin, config, context, action, effectOf, probe };
}

/** Lets the engine carry out a proposal whose request is lost, and look for it until it stops. */
async function carriedOutInVain(
  { config, twin }: Awaited<ReturnType<typeof start>>,
  proposal: { type: string; payload: Record<string, string | null> },
  meanwhile: () => void,
) {
  const bench = await openActionBench({ definitions: jiraActions(config) });
  onTestFinished(() => bench.close());
  const { id } = await bench.agent().propose({ ...proposal, idempotencyKey: 'once' });
  twin.faults.push({ method: 'POST', path: /transitions$/, drops: 'before' });
  twin.faults.push({ method: 'PUT', path: /assignee$/, drops: 'before' });
  await bench.settle();
  await bench.addPerson('reviewer');
  await bench.decide('reviewer', await bench.person('reviewer').get(id));
  await bench.settle();
  meanwhile();
  for (let look = 0; look < 12; look += 1) {
    bench.clock.advance(10 * minuteMs);
    await bench.settle();
  }
  const { status, attempts } = await bench.agent().get(id);
  return { status, sent: attempts.filter(({ kind }) => kind === 'execute').length };
}

describe('where the answer was lost and somebody else has acted since', () => {
  it('a move is not made again: a person says', async () => {
    const world = await start();
    const { issue, data, owner } = world;
    const proposal = { type: 'issue.transition', payload: { issue: 'PAY-1', status: 'Done' } };
    const ended = await carriedOutInVain(world, proposal, () =>
      data.transition(issue, 'In Review', { at: now, by: owner }),
    );
    expect(ended).toEqual({ status: 'needs_human', sent: 1 });
    expect(issue.status.name).toBe('In Review');
  });

  it('an issue is not given away again: a person says', async () => {
    const world = await start();
    const { issue, data, owner, other } = world;
    data.assign(issue, other, { at: now, by: owner });
    const payload = { issue: 'PAY-1', assignee: null };
    const ended = await carriedOutInVain(world, { type: 'issue.assign', payload }, () =>
      data.assign(issue, owner, { at: now, by: owner }),
    );
    expect(ended).toEqual({ status: 'needs_human', sent: 1 });
    expect(issue.assignee).toBe(owner);
  });
});

describe('what is sent goes to the very issue that was approved', () => {
  it.each([
    ['issue.transition', { issue: 'PAY-1', status: 'Done' }],
    ['issue.assign', { issue: 'PAY-1', assignee: null }],
    ['issue.comment', { issue: 'PAY-1', body: 'Seen.' }],
  ])('%s names it by its number, to send and to look', async (id, payload) => {
    const { action, context, effectOf, probe, issue, twin } = await start();
    const effect = await effectOf(id, payload);
    twin.requests.splice(0);
    expect(await action(id).execute(context, effect)).toMatchObject({ outcome: 'applied' });
    await probe(id, effect);
    expect(twin.requests.length).toBe(2);
    for (const request of twin.requests) expect(request).toContain(`/issue/${issue.id}`);
  });
});

describe('an issue that was opened and whose answer was lost', () => {
  const payload = { project: 'PAY', type: 'Bug', title: 'Two is odd' };
  const opened = async () => {
    const world = await start();
    const effect = await world.effectOf('issue.create', payload);
    await world.action('issue.create').execute(world.context, effect);
    const made = [...world.data.issues.values()].at(-1);
    if (made === undefined) throw new Error('Nothing was opened.');
    const look = async () => await world.probe('issue.create', effect);
    return { ...world, effect, made, look };
  };
  const applied = { outcome: 'applied', result: { key: 'PAY-2' } };

  it('is found on a later page, though the pages before are short', async () => {
    const { twin, data, project, owner, look } = await opened();
    data.addIssue(project, { summary: 'Newer', at: now + minuteMs, by: owner });
    data.addIssue(project, { summary: 'Newest', at: now + 2 * minuteMs, by: owner });
    twin.site.limits.issuesPerPage = 1;
    expect(await look()).toMatchObject(applied);
  });

  it('is found under another title', async () => {
    const { made, look } = await opened();
    made.summary = '[triage] Two is odd';
    expect(await look()).toMatchObject(applied);
  });

  it('is found where only the account that writes is shown it', async () => {
    const { made, look } = await opened();
    made.isForWriter = true;
    expect(await look()).toMatchObject(applied);
  });

  it('is not said to be absent while searching may lag behind', async () => {
    const { action } = await start();
    expect(action('issue.create').quietPeriodMs).toBeGreaterThanOrEqual(5 * minuteMs);
  });

  it('is absent where the account opened others only, and nothing is asked of those of others', async () => {
    const { data, project, owner, other, effectOf, probe, twin } = await start();
    const effect = await effectOf('issue.create', payload);
    data.addIssue(project, { summary: payload.title, at: now, by: owner });
    data.addIssue(project, { summary: payload.title, at: now, by: other });
    twin.requests.splice(0);
    expect(await probe('issue.create', effect)).toEqual({ outcome: 'absent' });
    // The one that it began with, and the first of these.
    expect(twin.requests.filter((request) => request.includes('/properties/')).length).toBe(2);
  });

  it('is unclear where the search leads in a circle or to more than is looked through', async () => {
    const { twin, data, project, owner, effectOf, probe } = await start();
    const effect = await effectOf('issue.create', payload);
    twin.site.repeatsTokens = true;
    expect(await probe('issue.create', effect)).toMatchObject({ outcome: 'unclear' });
    twin.site.repeatsTokens = false;
    for (let count = 0; count < 100; count += 1) {
      data.addIssue(project, { summary: 'One of many', at: now, by: owner });
    }
    expect(await probe('issue.create', effect)).toMatchObject({ outcome: 'unclear' });
  });
});

describe('a comment whose answer was lost', () => {
  const say = async (world: Awaited<ReturnType<typeof start>>, issue: TwinIssue, times: number) => {
    for (let count = 0; count < times; count += 1) {
      issue.comments.push({
        id: 900_000_000 + count,
        author: world.owner,
        createdAt: now,
        body: null,
        properties: [],
      });
    }
  };

  it('is found behind newer ones, however few Jira gives at once', async () => {
    const world = await start();
    const { twin, issue, action, context, effectOf, probe } = world;
    const effect = await effectOf('issue.comment', { issue: 'PAY-1', body: 'Seen.' });
    await action('issue.comment').execute(context, effect);
    await say(world, issue, 25);
    twin.site.limits.commentsPerPage = 10;
    expect(await probe('issue.comment', effect)).toMatchObject({ outcome: 'applied' });
    issue.comments.shift();
    expect(await probe('issue.comment', effect)).toEqual({ outcome: 'absent' });
  });

  it('is unclear where Jira does not give as many as it says there are', async () => {
    const { twin, effectOf, probe } = await start();
    const effect = await effectOf('issue.comment', { issue: 'PAY-1', body: 'Seen.' });
    for (const body of [{ comments: [], total: 3 }, { comments: [] }]) {
      twin.faults.push({ path: /comment$/, answer: { status: 200, body } });
      expect(await probe('issue.comment', effect)).toMatchObject({ outcome: 'unclear' });
    }
  });
});
