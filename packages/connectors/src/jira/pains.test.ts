import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../testing/__fixtures__/memory-store.ts';
import { rowsOf, startJiraWorld, worldEndsAt } from './__fixtures__/jira-world.ts';
import { jira } from './connector.ts';
import { jqlOf } from './reading/jql.ts';
import { runJql } from './testing/twin-jql.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function keysIn(found: ReturnType<typeof runJql>): number[] {
  return found.ok ? found.issues.map(({ id }) => id) : [];
}

describe('pain 3: dates in JQL are read in the time zone of the account', () => {
  it('is told by epoch milliseconds, where a written date misses hours of work', async () => {
    // The account lives nine hours ahead of UTC.
    const world = await startJiraWorld({ issues: 3, timeZoneOffsetMs: -9 * hourMs });
    const { data, owner, project, clock, store, twin } = world;
    await store.pass();
    await clock.sleep(6 * hourMs);
    const issue = data.addIssue(project, { summary: 'Late', at: clock.now(), by: owner });
    const since = worldEndsAt;
    const written = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
    const naive = runJql(data, `project = PAY AND updated >= "${written}"`, twin.site);
    expect(keysIn(naive)).not.toContain(issue.id);
    const ours = jqlOf({
      projectIds: [String(project.id)],
      updatedFrom: since,
      order: 'updated DESC',
    });
    expect(keysIn(runJql(data, ours, twin.site))).toContain(issue.id);
    await store.pass();
    expect(rowsOf(store, 'workItems')).toContainEqual(expect.objectContaining({ title: 'Late' }));
  });
});

describe('pain 4: an upper bound skips busy issues', () => {
  it('has none, so that an issue that changes while it is read is read all the same', async () => {
    const { data, owner, clock, store, twin } = await startJiraWorld({ issues: 150 });
    await store.pass();
    await clock.sleep(hourMs);
    const changedAt = clock.now();
    for (const issue of data.issues.values()) {
      data.transition(issue, 'In Review', { at: changedAt, by: owner });
    }
    const busy = [...data.issues.values()].at(-1);
    if (busy === undefined) throw new Error('No issue.');
    await clock.sleep(60_000);
    // Between the two pages somebody touches one that was not given yet.
    twin.faults.push(
      { path: /search\/jql$/ },
      {
        path: /search\/jql$/,
        meanwhile: () => data.transition(busy, 'Done', { at: clock.now(), by: owner }),
      },
    );
    const bounded = `project = PAY AND updated >= ${worldEndsAt} AND updated <= ${clock.now() - 1}`;
    await store.pass();
    expect(keysIn(runJql(data, bounded, twin.site))).not.toContain(busy.id);
    await clock.sleep(60_000);
    await store.pass();
    const item = rowsOf(store, 'workItems').find((row) => row['externalId'] === String(busy.id));
    expect(item).toMatchObject({ originalStatus: 'Done' });
  });
});

describe('pain 5: page tokens that repeat', () => {
  it('ends, says that the list is not whole, and reads the rest later', async () => {
    const { store, twin, asked, data } = await startJiraWorld({ issues: 250 });
    twin.site.repeatsTokens = true;
    await store.pass();
    expect(asked().length).toBeLessThan(20);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'list_incomplete' }));
    expect(rowsOf(store, 'workItems')).toHaveLength(100);
    twin.site.repeatsTokens = false;
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(data.issues.size);
    expect(store.gaps().map(({ code }) => code)).not.toContain('list_incomplete');
  });
});

describe('pain 6: deletions and lost access look alike', () => {
  it('removes what was deleted, though nothing that is left has changed', async () => {
    const { store, data, clock } = await startJiraWorld({ issues: 30 });
    await store.pass();
    const [first] = data.issues.values();
    if (first === undefined) throw new Error('No issue.');
    data.deleteIssue(first);
    await clock.sleep(hourMs);
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(30);
    await clock.sleep(dayMs);
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(29);
  });

  it('keeps everything of a project that is no longer shown, and says so', async () => {
    const world = await startJiraWorld({ issues: 10, config: { projects: ['PAY', 'CORE'] } });
    const { store, data, owner, project, clock } = world;
    const other = data.addProject('CORE');
    data.addIssue(other, { summary: 'Core', at: worldEndsAt - dayMs, by: owner });
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(11);
    project.isHidden = true;
    await clock.sleep(2 * dayMs);
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(11);
    expect(store.gaps().map(({ code }) => code)).toEqual(
      expect.arrayContaining(['project_not_visible', 'project_access_lost']),
    );
  });

  it('keeps what is here of a project that is no longer selected, and finds deletions elsewhere', async () => {
    const world = await startJiraWorld({ issues: 10, config: { projects: ['PAY', 'CORE'] } });
    const { store, data, owner, clock, config } = world;
    const other = data.addProject('CORE');
    data.addIssue(other, { summary: 'Core', at: worldEndsAt - dayMs, by: owner });
    await store.pass();
    const narrow = createMemoryStore(jira({ ...config, projects: ['PAY'] }), clock, {
      from: store,
    });
    const [first] = data.issues.values();
    if (first === undefined) throw new Error('No issue.');
    data.deleteIssue(first);
    await clock.sleep(2 * dayMs);
    await narrow.pass();
    expect(rowsOf(narrow, 'workItems')).toHaveLength(10);
    expect(rowsOf(narrow, 'workItems')).toContainEqual(expect.objectContaining({ title: 'Core' }));
    expect(narrow.gaps().map(({ code }) => code)).not.toContain('project_access_lost');
  });

  it('keeps an issue that may only be hidden, where some issues are for some people only', async () => {
    const { store, data, clock } = await startJiraWorld({ issues: 10 });
    const [open, secret] = data.issues.values();
    if (open === undefined || secret === undefined) throw new Error('No issues.');
    secret.securityId = '10100';
    await store.pass();
    secret.isHidden = true;
    await clock.sleep(2 * dayMs);
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(10);
    expect(store.gaps()).toContainEqual(
      expect.objectContaining({ code: 'issues_gone_or_hidden', affectedCount: 1 }),
    );
  });

  it('keeps all where so many vanish at once that nobody can have deleted them', async () => {
    const { store, data, clock } = await startJiraWorld({ issues: 120 });
    await store.pass();
    for (const issue of [...data.issues.values()].slice(0, 80)) issue.isHidden = true;
    await clock.sleep(2 * dayMs);
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(120);
    expect(store.gaps()).toContainEqual(
      expect.objectContaining({ code: 'issues_vanished', affectedCount: 80 }),
    );
  });
});

describe('pain 7: deleted users', () => {
  it('has issues and changes of nobody, and goes on', async () => {
    const { store, data } = await startJiraWorld({ issues: 5 });
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    issue.reporter = null;
    data.transition(issue, 'In Review', { at: worldEndsAt - 1_000, by: null });
    expect((await store.pass()).errors).toEqual([]);
    expect(rowsOf(store, 'workItemChanges')).toContainEqual(
      expect.objectContaining({ toValue: 'In Review', actorAccountExternalId: null }),
    );
  });
});

describe('pain 8: issues that move', () => {
  it('stays one issue under its number, with its new key', async () => {
    const world = await startJiraWorld({ issues: 5, config: { projects: ['PAY', 'CORE'] } });
    const { store, data, owner, clock } = world;
    const other = data.addProject('CORE');
    await store.pass();
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    await clock.sleep(hourMs);
    data.moveToProject(issue, other, { at: clock.now(), by: owner });
    await store.pass();
    await clock.sleep(2 * dayMs);
    await store.pass();
    const items = rowsOf(store, 'workItems');
    expect(items).toHaveLength(5);
    expect(items).toContainEqual(
      expect.objectContaining({ externalId: String(issue.id), key: 'CORE-1' }),
    );
  });

  it('is no longer shown once it has moved to a project that nobody selected', async () => {
    const { store, data, owner, clock } = await startJiraWorld({ issues: 5 });
    const other = data.addProject('ELSEWHERE');
    await store.pass();
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    await clock.sleep(2 * dayMs);
    data.moveToProject(issue, other, { at: clock.now(), by: owner });
    await store.pass();
    expect(rowsOf(store, 'workItems')).toHaveLength(4);
  });
});

describe('pain 12: hidden addresses', () => {
  it('has no address, and no other account is taken for its owner', async () => {
    const { store, data } = await startJiraWorld({ issues: 5 });
    const [first] = data.users;
    if (first === undefined) throw new Error('Nobody.');
    first.showsEmail = false;
    await store.pass();
    expect(rowsOf(store, 'accounts')).toContainEqual(
      expect.objectContaining({
        externalId: first.accountId,
        email: null,
        emailVerified: false,
        vendorId: `atlassian:${first.accountId}`,
      }),
    );
    expect(store.gaps()).toContainEqual(
      expect.objectContaining({ code: 'addresses_hidden', affectedCount: 1 }),
    );
  });
});
