import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MemoryStore } from '../../testing/__fixtures__/memory-store.ts';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;
const since = to - 80 * hourMs;
const longAgo = to - 50_000 * hourMs;

async function start() {
  const clock = createFakeClock(to + 24 * hourMs);
  const { data, repository } = makeWorld({ pullRequests: 120, to });
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const config = { repositories: ['acme/large'], baseUrl: twin.url, token: twin.token };
  const push = (): void => {
    const parents = repository.headOid === null ? [] : [repository.headOid];
    repository.headOid = data.addCommit(repository, { at: clock.now() - 5_000, parents }).oid;
  };
  return { clock, store: createMemoryStore(config, clock), push };
}

const limited = (store: MemoryStore): string[] =>
  store
    .gaps()
    .filter(({ code }) => code === 'history_limited')
    .map(({ stream }) => stream)
    .toSorted();

const held = (store: MemoryStore, stream: string): number =>
  [...store.places.values()].find((place) => place.stream.id === stream)?.records.size ?? 0;

describe('what a backfill back to a day left out', () => {
  it('is still said to be left out by ordinary passes after it', async () => {
    const { clock, store, push } = await start();
    await store.pass({ mode: 'backfill', since });
    const before = limited(store);
    expect(before).toEqual(['commits', 'deployments', 'issues', 'pull_requests']);
    clock.advance(hourMs);
    await store.pass();
    expect(limited(store)).toEqual(before);
    push();
    clock.advance(hourMs);
    expect((await store.pass()).given).toMatchObject({ commits: 1, pull_requests: 0 });
    expect(limited(store)).toEqual(before);
  });

  it('is nothing where all of it was here before', async () => {
    const { store } = await start();
    await store.pass();
    const commits = held(store, 'commits');
    await store.pass({ mode: 'backfill', since });
    expect(limited(store)).toEqual([]);
    expect(held(store, 'commits')).toBe(commits);
  });

  it('comes in with a backfill further back, and is then no longer said', async () => {
    const { clock, store } = await start();
    await store.pass({ mode: 'backfill', since });
    const few = held(store, 'pull_requests');
    await store.pass({ mode: 'backfill', since: longAgo });
    expect(held(store, 'pull_requests')).toBeGreaterThan(few);
    expect(limited(store)).toEqual([]);
    clock.advance(hourMs);
    expect((await store.pass()).given).toMatchObject({ commits: 0, pull_requests: 0, issues: 0 });
    expect(limited(store)).toEqual([]);
  });
});
