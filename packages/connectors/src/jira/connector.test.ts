import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeClock, testConnector } from '@adjutant/core/testing';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createMemoryStore } from '../testing/__fixtures__/memory-store.ts';
import { rowsOf, startJiraWorld, worldEndsAt } from './__fixtures__/jira-world.ts';
import { jira } from './connector.ts';
import { generateJiraSite } from './testing/generate-jira-site.ts';
import { type JiraTwin, startJiraTwin } from './testing/start-jira-twin.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('conformance', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-jira-'));
  let twin: JiraTwin;
  let stores = 0;
  beforeAll(async () => {
    const { data, owner } = generateJiraSite({ issues: 250, to: worldEndsAt });
    twin = await startJiraTwin({ data, owner, clock: { now: () => worldEndsAt } });
  });
  afterAll(async () => {
    await twin.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const cases = testConnector({
    create: () => jira({ site: twin.url, projects: ['PAY'], email: twin.email, token: twin.token }),
    createStoreUrl: () => `file:${join(folder, `store-${(stores += 1)}.db`)}`,
    clock: createFakeClock(worldEndsAt),
    minimumRecords: 250,
  });
  for (const { name, run } of cases) test(name, run);
});

describe('a first reading', () => {
  it('gives issues with points, sprint, people and history as they are at Jira', async () => {
    const { store, data } = await startJiraWorld({ issues: 40 });
    expect((await store.pass()).errors).toEqual([]);
    const items = new Map(rowsOf(store, 'workItems').map((row) => [row['externalId'], row]));
    expect(items.size).toBe(40);
    for (const issue of data.issues.values()) {
      const started = issue.changes.find(({ items: [item] }) => item?.toString === 'In Progress');
      expect(items.get(String(issue.id))).toMatchObject({
        key: `PAY-${issue.number}`,
        title: issue.summary,
        kind: issue.type.name.toLowerCase(),
        originalStatus: issue.status.name,
        points: issue.points,
        sprintExternalId: String(issue.sprints[0]?.id),
        assigneeAccountExternalId: issue.assignee?.accountId ?? null,
        createdAt: issue.createdAt,
        startedAt: started?.at ?? null,
        doneAt: issue.resolvedAt,
      });
    }
    const changes = rowsOf(store, 'workItemChanges');
    const made = [...data.issues.values()].reduce((sum, issue) => sum + issue.changes.length, 0);
    expect(changes).toHaveLength(made);
    expect(changes).toContainEqual(
      expect.objectContaining({ field: 'points', fromValue: null, toValue: expect.any(String) }),
    );
    expect(rowsOf(store, 'sprints')).toHaveLength(6);
    expect(rowsOf(store, 'accounts')).toContainEqual(
      expect.objectContaining({
        name: 'Automation for Jira',
        kind: 'service_bot',
        isBot: true,
        email: null,
      }),
    );
    expect(rowsOf(store, 'accounts')).toContainEqual(
      expect.objectContaining({
        email: 'grace.park@example.com',
        emailVerified: true,
        timeZone: 'Europe/Berlin',
      }),
    );
  });

  it('keeps both sprints of an issue that went through two, and how long it took', async () => {
    const { store, data, owner, project } = await startJiraWorld({ issues: 1 });
    const at = worldEndsAt - 30 * dayMs;
    const issue = data.addIssue(project, { summary: 'Slow', at, by: owner });
    const [first, second] = data.sprints;
    if (first === undefined || second === undefined) throw new Error('No sprints.');
    data.moveToSprints(issue, [first], { at: at + hourMs, by: owner });
    data.moveToSprints(issue, [first, second], { at: at + 15 * dayMs, by: owner });
    data.transition(issue, 'In Progress', { at: at + 16 * dayMs, by: owner });
    data.transition(issue, 'Done', { at: at + 17 * dayMs, by: owner });
    await store.pass();
    const ofIssue = rowsOf(store, 'workItemChanges').filter(
      (row) => row['workItemExternalId'] === String(issue.id) && row['field'] === 'sprint',
    );
    expect(ofIssue.map((row) => [row['fromValue'], row['toValue']])).toEqual(
      expect.arrayContaining([
        [String(first.id), `${first.id},${second.id}`],
        [null, String(first.id)],
      ]),
    );
    const item = rowsOf(store, 'workItems').find((row) => row['title'] === 'Slow');
    expect(Number(item?.['doneAt']) - Number(item?.['startedAt'])).toBe(dayMs);
  });

  it('reads estimates from what the boards estimate by, and says where no field tells', async () => {
    const world = await startJiraWorld({ issues: 3 });
    world.twin.faults.push({ path: /field$/, times: 2, answer: { status: 200, body: [] } });
    world.board.estimationField = null;
    await world.store.pass();
    expect(world.store.gaps()).toContainEqual(
      expect.objectContaining({ stream: 'issues', code: 'points_field_unknown' }),
    );
    expect(rowsOf(world.store, 'workItems').every((row) => row['points'] === null)).toBe(true);
  });

  it('leaves out what is older than asked, and says so', async () => {
    const { store } = await startJiraWorld({ issues: 40, config: { since: '2026-09-15' } });
    await store.pass();
    const items = rowsOf(store, 'workItems');
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThan(40);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'history_limited' }));
  });

  it('never asks for a project that was not selected', async () => {
    const { store, data, owner, twin } = await startJiraWorld({ issues: 3 });
    const other = data.addProject('SECRET');
    data.addIssue(other, { summary: 'Not yours', at: worldEndsAt - dayMs, by: owner });
    await store.pass();
    expect(JSON.stringify([store.rows(), [...store.places.keys()]])).not.toContain('SECRET');
    expect(twin.requests.some((request) => request.includes('SECRET'))).toBe(false);
  });
});

describe('a later pass', () => {
  it('reads what has changed and nothing else', async () => {
    const { store, data, owner, clock, asked } = await startJiraWorld({ issues: 30 });
    await store.pass();
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    await clock.sleep(hourMs);
    data.transition(issue, 'In Review', { at: clock.now(), by: owner });
    asked();
    const pass = await store.pass();
    expect(pass.given).toEqual({ users: 0, sprints: 1, issues: 1 });
    expect(rowsOf(store, 'workItems')).toContainEqual(
      expect.objectContaining({ externalId: String(issue.id), originalStatus: 'In Review' }),
    );
  });

  it('sees a sprint that was closed', async () => {
    const { store, data, clock } = await startJiraWorld({ issues: 3 });
    await store.pass();
    const open = data.sprints.find(({ state }) => state === 'active');
    if (open === undefined) throw new Error('No sprint.');
    Object.assign(open, { state: 'closed', completedAt: worldEndsAt });
    await clock.sleep(hourMs);
    await store.pass();
    expect(rowsOf(store, 'sprints')).toContainEqual(
      expect.objectContaining({
        externalId: String(open.id),
        state: 'closed',
        completedAt: worldEndsAt,
      }),
    );
  });

  it('reads a project that was added since from its first issue on', async () => {
    const world = await startJiraWorld({ issues: 5 });
    const { store, data, owner, clock } = world;
    const other = data.addProject('CORE');
    const at = worldEndsAt - 60 * dayMs;
    for (let count = 0; count < 4; count += 1) {
      data.addIssue(other, { summary: `Core ${count}`, at, by: owner });
    }
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(5);
    // The same store with a wider configuration.
    const next = createMemoryStore(jira({ ...world.config, projects: ['PAY', 'CORE'] }), clock, {
      from: store,
    });
    await next.pass();
    expect(rowsOf(next, 'workItems')).toHaveLength(9);
  });

  it('reads everything anew where the site comes to estimate by another field', async () => {
    const { store, data, owner, board, clock } = await startJiraWorld({ issues: 5 });
    await store.pass();
    board.estimationField = 'customfield_10016';
    await clock.sleep(25 * hourMs);
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    data.transition(issue, 'In Review', { at: clock.now(), by: owner });
    const pass = await store.pass();
    expect(pass.given['issues']).toBe(5);
  });

  it('says again what an earlier pass found missing, until it no longer is', async () => {
    const { store, data, clock } = await startJiraWorld({ issues: 120 });
    const [first] = data.users;
    if (first === undefined) throw new Error('Nobody.');
    first.showsEmail = false;
    await store.pass();
    for (const issue of [...data.issues.values()].slice(0, 80)) issue.isHidden = true;
    await clock.sleep(2 * dayMs);
    await store.pass();
    await clock.sleep(hourMs);
    await store.pass();
    expect(store.gaps().map(({ code }) => code)).toEqual(
      expect.arrayContaining(['issues_vanished', 'addresses_hidden']),
    );
    for (const issue of data.issues.values()) issue.isHidden = false;
    await clock.sleep(2 * dayMs);
    await store.pass();
    expect(store.gaps().map(({ code }) => code)).not.toContain('issues_vanished');
  });

  it('keeps histories that are here where they may not be read any more', async () => {
    const { store, data, owner, clock, twin } = await startJiraWorld({ issues: 20 });
    await store.pass();
    const before = rowsOf(store, 'workItemChanges').length;
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    await clock.sleep(hourMs);
    data.transition(issue, 'In Review', { at: clock.now(), by: owner });
    twin.faults.push({ path: /changelog/, answer: { status: 403, body: {} } });
    await store.pass();
    expect(rowsOf(store, 'workItemChanges')).toHaveLength(before);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'history_not_permitted' }));
    await clock.sleep(hourMs);
    await store.pass();
    expect(rowsOf(store, 'workItemChanges')).toHaveLength(before + 1);
    expect(store.gaps().map(({ code }) => code)).not.toContain('history_not_permitted');
  });

  it('reads a project that was away from its first issue on when it is back', async () => {
    const world = await startJiraWorld({ issues: 6, config: { projects: ['PAY', 'CORE'] } });
    const { store, data, owner, project, clock } = world;
    data.addProject('CORE');
    await store.pass();
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    project.isHidden = true;
    await clock.sleep(hourMs);
    data.transition(issue, 'In Review', { at: clock.now(), by: owner });
    await clock.sleep(hourMs);
    await store.pass();
    project.isHidden = false;
    await clock.sleep(hourMs);
    await store.pass();
    expect(rowsOf(store, 'workItems')).toContainEqual(
      expect.objectContaining({ externalId: String(issue.id), originalStatus: 'In Review' }),
    );
  });

  it('has the new keys of a project that was given another one', async () => {
    const { store, project, clock, config } = await startJiraWorld({ issues: 3 });
    await store.pass();
    project.key = 'MONEY';
    await clock.sleep(hourMs);
    const renamed = createMemoryStore(jira({ ...config, projects: ['MONEY'] }), clock, {
      from: store,
    });
    await renamed.pass();
    expect(rowsOf(renamed, 'workItems').map((row) => row['key'])).toEqual(
      expect.arrayContaining(['MONEY-1', 'MONEY-2', 'MONEY-3']),
    );
  });

  it('goes on where the only project of a first reading that was cut off is selected no longer', async () => {
    const world = await startJiraWorld({ issues: 250 });
    const { store, data, owner, clock, config } = world;
    await store.pass({ stopAfter: 3 });
    const other = data.addProject('CORE');
    data.addIssue(other, { summary: 'Core', at: worldEndsAt - dayMs, by: owner });
    const next = createMemoryStore(jira({ ...config, projects: ['CORE'] }), clock, { from: store });
    expect((await next.pass()).errors).toEqual([]);
    expect(rowsOf(next, 'workItems')).toContainEqual(expect.objectContaining({ title: 'Core' }));
  });

  it('reads issues where the credential may not see boards', async () => {
    for (const status of [401, 403, 404]) {
      const { store, twin } = await startJiraWorld({ issues: 5 });
      const body = { errorMessages: ['Unauthorized; scope does not match'] };
      twin.faults.push({ path: /agile/, times: 50, answer: { status, body } });
      expect((await store.pass()).errors).toEqual([]);
      expect(rowsOf(store, 'workItems')).toHaveLength(5);
      expect(store.gaps()).toContainEqual(
        expect.objectContaining({ code: 'boards_not_permitted' }),
      );
    }
  });

  it('lets go of a sprint that was deleted', async () => {
    const { store, data, clock } = await startJiraWorld({ issues: 3 });
    await store.pass();
    data.sprints.splice(5, 1);
    await clock.sleep(hourMs);
    await store.pass();
    expect(rowsOf(store, 'sprints')).toHaveLength(5);
    data.sprints.splice(0, 1);
    await clock.sleep(2 * dayMs);
    await store.pass();
    expect(rowsOf(store, 'sprints')).toHaveLength(4);
  });
});
