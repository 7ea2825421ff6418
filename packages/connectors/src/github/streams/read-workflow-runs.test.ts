import { createFakeClock } from '@adjutant/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { github } from '../connector.ts';
import { createMemoryStore as createStore } from '../../testing/__fixtures__/memory-store.ts';
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

it('tells of which branch a run was, and the main branch from that of a copy', async () => {
  const { store, run } = await startWithRuns({ jobs: false });
  const [main, topic, copied, lost, detached] = [5, 4, 3, 2, 1].map(run);
  if (main === undefined) throw new Error('Nothing runs.');
  Object.assign(topic ?? {}, { headBranch: 'topic/red' });
  Object.assign(copied ?? {}, { headCopy: { id: 77, owner: 'stranger' } });
  Object.assign(lost ?? {}, { headCopy: null });
  Object.assign(detached ?? {}, { headBranch: null });
  await store.pass();
  const branches = store
    .rows()
    .filter((row) => row.startsWith('pipelineRuns '))
    .map((row) => JSON.parse(row.slice('pipelineRuns '.length)) as { branch: string | null })
    .map(({ branch }) => branch);
  expect(branches).toHaveLength(5);
  expect(new Set(branches)).toEqual(new Set(['main', 'topic/red', 'stranger:main', null]));
});

async function startWithRuns(workflow: { jobs: boolean; deploys?: boolean }) {
  const clock = createFakeClock(to + 24 * hourMs);
  const { data, repository, people } = makeWorld({ pullRequests: 5, to });
  const [actor] = people;
  const [named] = repository.workflows;
  if (named === undefined || actor === undefined) throw new Error('Nobody runs anything.');
  named.runs.splice(0);
  const headSha = repository.headOid ?? '';
  const run = (daysAgo: number) => {
    const createdAt = clock.now() - daysAgo * 24 * hourMs;
    return data.addWorkflowRun(named, { createdAt, actor, headSha });
  };
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const config = {
    repositories: ['acme/large'],
    baseUrl: twin.url,
    token: twin.token,
    deploymentSources: ['workflow_runs' as const],
    workflows: { 'acme/large': [{ workflow: 'deploy.yml', ...workflow }] },
  };
  const store = createMemoryStore(config, clock);
  const jobs = () => store.rows().filter((row) => row.startsWith('pipelineJobs '));
  const asked = () => twin.requests.filter(({ path }) => path.includes('/jobs'));
  return { clock, twin, store, config, jobs, asked, run };
}

it('reads the jobs of runs of the last month, in each attempt, where somebody asks for them', async () => {
  const { clock, store, jobs, asked, run } = await startWithRuns({ jobs: true });
  const again = run(1);
  run(2);
  run(45);
  // More than stand on one page.
  again.attempt = 60;
  await store.pass();
  expect(jobs()).toHaveLength(2 * 60 + 2);
  expect(new Set(asked().map(({ path }) => path))).toHaveLength(2);
  expect(asked()).toHaveLength(3);
  const flaky = jobs().filter((row) => row.includes('"test"') && row.includes('failure'));
  expect(flaky.length).toBeGreaterThanOrEqual(59);
  clock.advance(24 * hourMs);
  await store.pass();
  expect(asked()).toHaveLength(3);
});

it('keeps jobs that it read while a run goes on again, grows old or is shown no more', async () => {
  const { clock, store, jobs, asked, run } = await startWithRuns({ jobs: true });
  const waits = run(20);
  Object.assign(waits, { status: 'in_progress', conclusion: null });
  const again = run(15);
  run(10);
  await store.pass();
  expect(jobs()).toHaveLength(4);
  expect(asked()).toHaveLength(2);
  // One run that is not over has all behind it looked at again, and no job asked for again.
  clock.advance(hourMs);
  run(0);
  await store.pass();
  expect(asked()).toHaveLength(3);
  Object.assign(again, { attempt: 2, status: 'in_progress', conclusion: null });
  again.updatedAt = clock.now();
  clock.advance(hourMs);
  run(0);
  await store.pass();
  expect(jobs()).toHaveLength(2 + 2 + 2 + 2);
  Object.assign(again, { status: 'completed', conclusion: 'success' });
  again.updatedAt = clock.now();
  clock.advance(12 * 24 * hourMs);
  run(0);
  await store.pass();
  // Both attempts of the one that was started again, and each other one once.
  expect(jobs()).toHaveLength(4 + 2 + 2 + 2 + 2);
  clock.advance(2 * 24 * hourMs);
  run(0);
  await store.pass();
  expect(jobs()).toHaveLength(4 + 2 + 2 + 2 + 2 + 2);
});

it('reads again what a changed configuration asks for', async () => {
  const first = await startWithRuns({ jobs: false, deploys: true });
  first.run(1);
  await first.store.pass();
  expect(first.jobs()).toEqual([]);
  await first.store.pass();
  const config = {
    ...first.config,
    workflows: { '*': [{ workflow: 'deploy.yml', jobs: true, deploys: false }] },
  };
  const changed = createStore(github(config), first.clock, { from: first.store });
  await changed.pass();
  expect(changed.rows().filter((row) => row.startsWith('pipelineJobs '))).toHaveLength(2);
  expect(changed.rows().filter((row) => row.startsWith('deployments '))).toEqual([]);
});

it('reads no jobs unless told', async () => {
  const { store, jobs, asked, run } = await startWithRuns({ jobs: false });
  run(1);
  await store.pass();
  expect(asked()).toEqual([]);
  expect(jobs()).toEqual([]);
});

it('takes a workflow that only builds for no deployment', async () => {
  const kinds = async (deploys: boolean) => {
    const { store, run } = await startWithRuns({ jobs: false, deploys });
    run(1);
    await store.pass();
    return ['pipelineRuns', 'deployments'].map(
      (kind) => store.rows().filter((row) => row.startsWith(`${kind} `)).length,
    );
  };
  expect(await kinds(true)).toEqual([1, 1]);
  expect(await kinds(false)).toEqual([1, 0]);
});
