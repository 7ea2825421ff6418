import { describe, expect, it } from 'vitest';
import { rowsOf, startJiraWorld } from './__fixtures__/jira-world.ts';

const hourMs = 3_600_000;
/** What serves issues and their history, rather than projects, people, boards and sprints. */
const ofIssues = /search\/jql|changelog|\/field$|\/status$|configuration$/;

describe('what reading costs, counted at the far side', () => {
  it('reads 1,000 issues with their history within 15 requests', async () => {
    const { store, data, asked } = await startJiraWorld({ issues: 1_000 });
    expect((await store.pass()).errors).toEqual([]);
    const requests = asked();
    expect(rowsOf(store, 'workItems')).toHaveLength(1_000);
    const changes = [...data.issues.values()].reduce(
      (sum, { changes: { length } }) => sum + length,
      0,
    );
    expect(rowsOf(store, 'workItemChanges')).toHaveLength(changes);
    expect(requests.filter((request) => ofIssues.test(request)).length).toBeLessThanOrEqual(15);
    // Projects, users, boards and sprints of the same first sync.
    expect(requests.filter((request) => !ofIssues.test(request)).length).toBeLessThanOrEqual(5);
  });

  it('asks three times where nothing is new', async () => {
    const { store, clock, asked } = await startJiraWorld({ issues: 120 });
    await store.pass();
    for (const afterMs of [60_000, hourMs, 5 * hourMs]) {
      await clock.sleep(afterMs);
      asked();
      const pass = await store.pass();
      expect(pass.given['issues']).toBe(0);
      expect(asked()).toHaveLength(3);
    }
  });
});
