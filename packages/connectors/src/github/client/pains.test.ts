import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { askGraphql } from '../testing/ask-twin.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const repositories = 8;
/** Of GitHub's hundred, so that a small world comes to it. */
const mostAtOnce = 3;

/** An organization with several repositories, each with its pull requests. */
async function start(limits: { points?: number } = {}) {
  const clock = createFakeClock(to + 86_400_000);
  const { data, repository, people } = makeWorld({ pullRequests: 20, to });
  const names = ['large'];
  for (let at = 1; at < repositories; at += 1) {
    const name = `part-${at}`;
    names.push(name);
    const made = data.addRepository(repository.owner, { name, createdAt: to - 1_000 });
    for (let number = 0; number < 20; number += 1) {
      const author = people[number % people.length] ?? null;
      data.addPullRequest(made, { title: `Change ${number}`, createdAt: to + number, author });
    }
  }
  const twin = await startGithubTwin({ data, clock, limits });
  onTestFinished(() => twin.close());
  let inFlight = 0;
  let lowest = twin.quota.graphql.remaining;
  // Told before it is sent: the twin sees who is under way at the same time.
  const watched = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    inFlight += 1;
    try {
      return await ask();
    } finally {
      inFlight -= 1;
      lowest = Math.min(lowest, twin.quota.graphql.remaining);
    }
  };
  twin.faults.secondaryLimit = () => inFlight > mostAtOnce;
  const config = {
    repositories: names.map((name) => `acme/${name}`),
    baseUrl: twin.url,
    token: twin.token,
  };
  const fetchWatched: typeof fetch = (input, init) => watched(() => fetch(input, init));
  const store = createMemoryStore(config, clock, fetchWatched);
  return { clock, twin, names, store, watched, lowest: () => lowest };
}

const openOnes = (
  name: string,
  after: string | null,
) => `{ repository(owner: "acme", name: "${name}") {
  pullRequests(first: 1${after === null ? '' : `, after: "${after}"`}) {
    nodes { number } pageInfo { hasNextPage endCursor } } } }`;

interface Page {
  repository: { pullRequests: { pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
}

describe('pain 11: limits with many repositories', () => {
  it('meets no secondary limit, where a reader for each repository does', async () => {
    const naive = await start();
    const readers = naive.names.map((name) =>
      naive.watched(() => askGraphql(naive.twin, openOnes(name, null))),
    );
    const statuses = (await Promise.all(readers)).map(({ status }) => status);
    expect(statuses).toContain(403);
    const ours = await start();
    expect((await ours.store.pass()).errors).toEqual([]);
    expect(ours.twin.requests.filter(({ status }) => status === 403)).toEqual([]);
    expect(requestsIn(ours.store)).toBe(20 * repositories);
  });

  it('keeps a fifth for actions over all of them, where each alone eats the whole quota', async () => {
    const points = 30;
    const naive = await start({ points });
    for (const name of naive.names) {
      for (let after: string | null = null; ; ) {
        const { data }: { data: Page | null } = await naive.watched(() =>
          askGraphql<Page>(naive.twin, openOnes(name, after)),
        );
        const page = data?.repository.pullRequests.pageInfo;
        if (page === undefined || !page.hasNextPage) break;
        after = page.endCursor;
      }
    }
    expect(naive.lowest()).toBe(0);
    const ours = await start({ points });
    let stops = 0;
    for (let hour = 0; hour < 12; hour += 1) {
      const { errors } = await ours.store.pass();
      stops += errors.some(({ code }) => code === 'RateLimited') ? 1 : 0;
      ours.clock.advance(3_700_000);
    }
    expect(stops).toBeGreaterThan(0);
    expect(ours.lowest()).toBeGreaterThanOrEqual(points * 0.2);
    expect(requestsIn(ours.store)).toBe(20 * repositories);
  });
});

function requestsIn(store: ReturnType<typeof createMemoryStore>): number {
  return store.rows().filter((row) => row.startsWith('pullRequests ')).length;
}
