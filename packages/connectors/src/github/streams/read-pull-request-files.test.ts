import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { mergeFresh } from '../__fixtures__/merge-fresh.ts';
import type { TwinPullRequest } from '../testing/data/records.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;

/** Merged pull requests, and some that are open. */
async function start(options: { open?: number; config?: object } = {}) {
  const clock = createFakeClock(to + dayMs);
  const world = makeWorld({ pullRequests: 20, to });
  const { data, repository, people } = world;
  const author = people[1] ?? null;
  const commit = (at: number) => data.addCommit(repository, { at, changedFiles: 2 });
  const open = Array.from({ length: options.open ?? 3 }, (_, position) =>
    data.addPullRequest(repository, {
      title: `Open ${position}`,
      createdAt: to - position * dayMs,
      author,
      commits: [commit(to - position * dayMs)],
    }),
  );
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const config = {
    repositories: ['acme/large'],
    baseUrl: twin.url,
    token: twin.token,
    ...options.config,
  };
  const store = createMemoryStore(config, clock);
  const files = (request?: TwinPullRequest): unknown[] =>
    store
      .rows()
      .filter((row) => row.startsWith('pullRequestFiles '))
      .map((row) => JSON.parse(row.slice('pullRequestFiles '.length)) as Record<string, unknown>)
      .filter(
        (row) => request === undefined || row['pullRequestExternalId'] === String(request.id),
      );
  const push = (request: TwinPullRequest): void => {
    request.commits.push(commit(clock.now()));
    request.updatedAt = clock.now() - 10_000;
  };
  const asked = () => twin.requests.splice(0).map(({ operationName }) => operationName);
  return { ...world, clock, twin, config, store, open, author, files, push, asked };
}

describe('files of pull requests', () => {
  it('come of open ones, with the lines of each, and of none that was over before', async () => {
    const { store, open, files, asked } = await start();
    const pass = await store.pass();
    expect(pass.errors).toEqual([]);
    const [first] = open;
    if (first === undefined) throw new Error('Nothing is open.');
    expect(files(first)).toEqual(
      (first.files ?? []).map(({ path, additions, deletions }) => ({
        source: 'github',
        pullRequestExternalId: String(first.id),
        path,
        additions,
        deletions,
      })),
    );
    expect(files()).toHaveLength(6);
    expect(asked().filter((name) => name === 'PullRequestsIds')).toHaveLength(1);
  });

  it('cost nothing where nothing is new, or where only somebody reviews', async () => {
    const { store, open, data, clock, author, files, asked } = await start();
    await store.pass();
    clock.advance(hourMs);
    await store.pass();
    asked();
    clock.advance(hourMs);
    await store.pass();
    expect(asked().length).toBeLessThanOrEqual(3);
    const [first] = open;
    if (first === undefined) throw new Error('Nothing is open.');
    data.addReview(first, { state: 'APPROVED', submittedAt: clock.now() - 5_000, author });
    const pass = await store.pass();
    expect(pass.given).toMatchObject({ pull_requests: 1, pull_request_files: 0 });
    expect(asked().filter((name) => name === 'PullRequestById')).toHaveLength(1);
    expect(files()).toHaveLength(6);
  });

  it('are read again where the head has moved, in one request', async () => {
    const { store, open, clock, files, push, asked } = await start();
    await store.pass();
    clock.advance(hourMs);
    const [first] = open;
    if (first === undefined) throw new Error('Nothing is open.');
    push(first);
    first.files = [{ path: 'docs/new.md', changeType: 'ADDED', additions: 4, deletions: 0 }];
    asked();
    const pass = await store.pass();
    expect(pass.given['pull_request_files']).toBe(1);
    expect(asked().filter((name) => name === 'PullRequestById')).toHaveLength(2);
    expect(files(first)).toMatchObject([{ path: 'docs/new.md', additions: 4 }]);
  });

  it('stay of what is merged, and come of what is opened and merged between two passes', async () => {
    const world = await start();
    const { store, open, data, clock, author, files } = world;
    await store.pass();
    clock.advance(hourMs);
    const [first, second] = open;
    if (first === undefined || second === undefined) throw new Error('Nothing is open.');
    data.merge(first, { at: clock.now() - 5_000 });
    data.close(second, { at: clock.now() - 5_000 });
    mergeFresh(world, author, clock.now());
    const pass = await store.pass();
    expect(pass.given['pull_request_files']).toBe(1);
    expect(files(first)).toHaveLength(2);
    expect(files()).toHaveLength(7);
    clock.advance(dayMs);
    await store.pass({ mode: 'backfill' });
    expect(files(first)).toHaveLength(2);
    expect(files()).toHaveLength(7);
  });

  it('are left out behind the first 300, which takes two requests more', async () => {
    const { store, open, files, asked } = await start({ open: 1 });
    const [first] = open;
    if (first === undefined) throw new Error('Nothing is open.');
    first.files = Array.from({ length: 450 }, (_, position) => ({
      path: `src/${position}.ts`,
      changeType: 'MODIFIED' as const,
      additions: 1,
      deletions: 1,
    }));
    first.changedFiles = 450;
    await store.pass();
    expect(files(first)).toHaveLength(300);
    expect(asked().filter((name) => name === 'PullRequestOverflow')).toHaveLength(2);
    const request = store.rows().find((row) => row.includes('"title":"Open 0"'));
    expect(request).toContain('"changedFiles":450');
  });

  it('are a gap while GitHub has not compared yet, and are asked for again', async () => {
    const { store, open, clock, files } = await start({ open: 2 });
    const [first, second] = open;
    if (first === undefined || second === undefined) throw new Error('Nothing is open.');
    const kept = first.files;
    first.files = null;
    await store.pass();
    expect(files(first)).toEqual([]);
    expect(files(second)).toHaveLength(2);
    const ofFiles = () => store.gaps().filter(({ stream }) => stream === 'pull_request_files');
    expect(ofFiles()).toMatchObject([{ code: 'parts_missing', affectedCount: 1 }]);
    first.files = kept;
    clock.advance(hourMs);
    await store.pass();
    expect(files(first)).toHaveLength(2);
    expect(ofFiles()).toEqual([]);
  });

  it('are whole after a reading that was cut off', async () => {
    const { store, config, clock, open, files } = await start({ open: 130 });
    const calm = createMemoryStore(config, clock);
    await calm.pass();
    for (let cut = 1; cut < 20; cut += 3) await store.pass({ stopAfter: cut });
    await store.pass();
    expect(store.rows()).toEqual(calm.rows());
    expect(files()).toHaveLength(open.length * 2);
  });

  it('are not read of what was last changed before the limit', async () => {
    const since = new Date(to - 1.5 * dayMs).toISOString();
    const { store, files } = await start({ open: 4, config: { since } });
    await store.pass();
    expect(files()).toHaveLength(4);
  });
});
