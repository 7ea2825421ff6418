import { createAgileClient } from 'jira.js/agile';
import { createCloudClient } from 'jira.js/cloud';
import { describe, expect, it, onTestFinished } from 'vitest';
import { generateJiraSite } from './generate-jira-site.ts';
import { startJiraTwin } from './start-jira-twin.ts';

const to = Date.parse('2026-10-01T12:00:00Z');

async function start() {
  const site = generateJiraSite({ issues: 30, to });
  const twin = await startJiraTwin({
    data: site.data,
    owner: site.owner,
    clock: { now: () => to },
  });
  onTestFinished(() => twin.close());
  const config = {
    host: twin.url,
    auth: { type: 'basic' as const, email: twin.email, apiToken: twin.writeToken },
    // An answer that is not as published is an error of the twin.
    onSchemaMismatch: 'throw' as const,
  };
  return { ...site, twin, cloud: createCloudClient(config), agile: createAgileClient(config) };
}

describe("the twin's answers have the form that jira.js publishes", () => {
  it('for the site, its fields, statuses, projects and users', async () => {
    const { cloud } = await start();
    expect((await cloud.myself.getCurrentUser()).displayName).toBe('Ada Hill');
    expect((await cloud.issueFields.getFields()).length).toBe(4);
    expect((await cloud.workflowStatuses.getStatuses()).length).toBe(4);
    const projects = await cloud.projects.searchProjects({ keys: ['PAY'] });
    expect(projects.values?.map(({ key }) => key)).toEqual(['PAY']);
    const users = await cloud.userSearch.findBulkAssignableUsers({ projectKeys: 'PAY', query: '' });
    expect(users.length).toBe(4);
    const found = await cloud.userSearch.findUsers({ query: 'grace.park@example.com' });
    expect(found.map(({ displayName }) => displayName)).toEqual(['Grace Park']);
    const { permissions } = await cloud.permissions.getMyPermissions({
      permissions: 'USER_PICKER',
    });
    expect(permissions).toMatchObject({ USER_PICKER: { havePermission: true } });
  });

  it('for searches, histories and issues by their ids', async () => {
    const { cloud, data } = await start();
    const found = await cloud.issueSearch.searchAndReconsileIssuesUsingJqlPost({
      jql: 'project = PAY ORDER BY created ASC',
      fields: ['summary', 'status', 'created', 'customfield_10020', 'issuelinks'],
      maxResults: 10,
    });
    expect(found.issues?.length).toBe(10);
    expect(found.nextPageToken).toEqual(expect.any(String));
    const ids = [...data.issues.keys()].map(String);
    const logs = await cloud.issues.getBulkChangelogs({
      issueIdsOrKeys: ids,
      fieldIds: ['status'],
    });
    expect(logs.issueChangeLogs?.length).toBeGreaterThan(10);
    const fetched = await cloud.issues.bulkFetchIssues({ issueIdsOrKeys: ids.slice(0, 3) });
    expect(fetched.issues?.length).toBe(3);
  });

  it('for boards and sprints', async () => {
    const { agile } = await start();
    const boards = await agile.board.getAllBoards({ projectKeyOrId: 'PAY' });
    expect(boards.values?.length).toBe(1);
    const configuration = await agile.board.getConfiguration({ boardId: 1 });
    expect(configuration.estimation).toMatchObject({ type: 'field' });
    expect((await agile.board.getAllSprints({ boardId: 1 })).values?.length).toBe(6);
    expect((await agile.sprint.getSprint({ sprintId: 1 })).state).toBe('closed');
  });

  it('for what actions read and change', async () => {
    const { cloud, data } = await start();
    const issue = [...data.issues.values()].find(({ status }) => status.name === 'To Do');
    const issueIdOrKey = String(issue?.id);
    const { transitions } = await cloud.issues.getTransitions({ issueIdOrKey });
    const [first] = transitions ?? [];
    await cloud.issues.doTransition({ issueIdOrKey, transition: { id: first?.id ?? '' } });
    expect(issue?.status.name).toBe('In Progress');
    const read = await cloud.issues.getIssue({ issueIdOrKey, fields: ['status'] });
    expect(read.fields).toMatchObject({ status: { name: 'In Progress' } });
  });
});

describe('the twin is as strict as Jira', () => {
  const ask = async (url: string, token: string, path: string, body?: unknown) => {
    const authorization = `Basic ${Buffer.from(`ada.hill@example.com:${token}`).toString('base64')}`;
    return await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };

  it('refuses wrong tokens, unbounded queries, the removed search and what it does not know', async () => {
    const { twin } = await start();
    const search = '/rest/api/3/search/jql';
    expect((await ask(twin.url, 'wrong', '/rest/api/3/myself')).status).toBe(401);
    expect((await ask(twin.url, twin.token, search, { jql: 'ORDER BY key' })).status).toBe(400);
    expect((await ask(twin.url, twin.token, search, { jql: 'project = NONE' })).status).toBe(400);
    expect((await ask(twin.url, twin.token, '/rest/api/3/search', {})).status).toBe(410);
    expect((await ask(twin.url, twin.token, '/rest/api/3/filter')).status).toBe(501);
  });

  it('gives no more than a hundred issues with fields at once, and ids by thousands', async () => {
    const { twin, data, project, owner } = await start();
    for (let at = 0; at < 200; at += 1)
      data.addIssue(project, { summary: 'More', at: to, by: owner });
    const count = async (fields: string[]) => {
      const body = { jql: 'project = PAY', fields, maxResults: 1_000 };
      const answer = await ask(twin.url, twin.token, '/rest/api/3/search/jql', body);
      return ((await answer.json()) as { issues: unknown[] }).issues.length;
    };
    expect(await count(['summary'])).toBe(100);
    expect(await count(['id'])).toBe(230);
  });
});
