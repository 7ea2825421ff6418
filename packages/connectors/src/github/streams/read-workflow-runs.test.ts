import { createFakeClock } from '@adjutant/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;
const minuteMs = 60_000;

it('reads every run that came in since, also beyond the thousand that one query gives', async () => {
  const clock = createFakeClock(to + 24 * hourMs);
  const { data, repository, people } = makeWorld({ pullRequests: 20, to });
  const [actor] = people;
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const config = {
    repositories: ['acme/large'],
    baseUrl: twin.url,
    token: twin.token,
    workflows: { 'acme/large': ['deploy.yml'] },
  };
  const store = createMemoryStore(config, clock);
  await store.pass();
  clock.advance(30 * 24 * hourMs);
  const [workflow] = repository.workflows;
  if (workflow === undefined || actor === undefined) throw new Error('Nobody runs anything.');
  const count = 1_300;
  for (let at = 0; at < count; at += 1) {
    const createdAt = clock.now() - (count - at) * 10 * minuteMs;
    data.addWorkflowRun(workflow, { createdAt, actor, headSha: repository.headOid ?? '' });
  }
  await store.pass();
  const fresh = createMemoryStore(config, clock);
  await fresh.pass();
  expect(fresh.rows().filter((row) => row.startsWith('pipelineRuns ')).length).toBeGreaterThan(
    count,
  );
  expect(store.rows()).toEqual(fresh.rows());
  expect((await store.pass()).errors).toEqual([]);
  expect((await store.pass()).given['workflow_runs']).toBe(0);
});
