import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { makeWorld } from './__fixtures__/make-world.ts';
import { type GithubTwin, startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const twins: GithubTwin[] = [];

afterEach(async () => {
  await Promise.all(twins.splice(0).map((twin) => twin.close()));
});

async function start(options: { pullRequests: number; overflowShare?: number; now?: number }) {
  const clock = createFakeClock(options.now ?? to + 3_600_000);
  const world = makeWorld({ ...options, to });
  const twin = await startGithubTwin({ data: world.data, clock });
  twins.push(twin);
  const store = createMemoryStore(
    {
      repositories: ['acme/large'],
      organization: 'acme',
      workflows: { 'acme/large': ['deploy.yml'] },
      baseUrl: twin.url,
      token: twin.token,
    },
    clock,
  );
  const requestsOf = async (work: () => Promise<unknown>) => {
    const before = twin.requests.length;
    await work();
    return twin.requests.slice(before);
  };
  return { clock, twin, store, ...world, requestsOf };
}

describe('what reading costs', () => {
  it('reads 1,000 merged pull requests, 5 % of them overflowing, within 60 requests', async () => {
    const { store, truth, requestsOf } = await start({ pullRequests: 1_000, overflowShare: 0.05 });
    const requests = await requestsOf(async () => {
      const pass = await store.pass();
      expect(pass.errors).toEqual([]);
    });
    const names = requests.map(({ operationName }) => operationName ?? 'REST');
    expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
    const ofPullRequests = names.filter((name) => name.startsWith('PullRequest'));
    expect(ofPullRequests.length).toBeLessThanOrEqual(40);
    const rows = store.rows();
    const count = (kind: string, text = '') =>
      rows.filter((row) => row.startsWith(`${kind} `) && row.includes(text)).length;
    expect(count('pullRequests')).toBe(truth.pullRequests);
    expect(count('pullRequestEvents', '"kind":"review",')).toBe(truth.reviews);
    expect(count('pullRequestCommits')).toBe(truth.commits);
    expect(requests.length).toBeLessThanOrEqual(80);
  });

  it('asks once and no more where nothing is new', async () => {
    const { store, requestsOf, clock } = await start({ pullRequests: 120 });
    await store.pass();
    for (const afterMs of [0, 60_000, 3_600_000, 2 * 86_400_000]) {
      clock.advance(afterMs);
      const requests = await requestsOf(async () => {
        const pass = await store.pass();
        expect(pass.errors).toEqual([]);
        expect(pass.given).toMatchObject({ pull_requests: 0, issues: 0, commits: 0 });
      });
      expect(requests.length).toBeLessThanOrEqual(3);
    }
  });

  it('asks no more either right after the last change', async () => {
    const { store, requestsOf } = await start({ pullRequests: 120, now: to + 10_000 });
    await store.pass();
    await store.pass();
    const requests = await requestsOf(() => store.pass());
    expect(requests.length).toBeLessThanOrEqual(3);
  });

  it('brings a late review on a closed pull request with the next pass', async () => {
    const { store, data, repository, clock, people, requestsOf } = await start({
      pullRequests: 60,
    });
    await store.pass();
    const [first] = [...repository.pullRequests.values()];
    if (first === undefined) throw new Error('There is none.');
    clock.advance(12 * 3_600_000);
    const author = people[3] ?? null;
    data.addReview(first, { state: 'APPROVED', submittedAt: clock.now() - 5_000, author });
    const requests = await requestsOf(async () => {
      const pass = await store.pass();
      expect(pass.given['pull_requests']).toBe(1);
    });
    expect(requests.length).toBeLessThanOrEqual(3);
    const review = store.rows().find((row) => row.includes(`"at":${clock.now() - 5_000}`));
    expect(review).toContain('"state":"approved"');
  });
});
