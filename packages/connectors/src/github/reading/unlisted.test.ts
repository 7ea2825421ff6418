import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MemoryStore } from '../../testing/__fixtures__/memory-store.ts';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;

type Step = number | string;

/** Takes the first place out of every list called `page`, in every answer, and says so. */
function withoutFirst(value: unknown, path: Step[], taken: Step[][]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const nodes: unknown = key === 'page' ? Reflect.get(Object(inner), 'nodes') : null;
    if (Array.isArray(nodes) && nodes.length > 0) {
      nodes[0] = null;
      taken.push([...path, key, 'nodes', 0]);
    } else withoutFirst(inner, [...path, key], taken);
  }
}

async function start() {
  const clock = createFakeClock(to + 24 * hourMs);
  const { data, repository } = makeWorld({ pullRequests: 60, to });
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const damaged = { operation: '' };
  const damaging: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const body = typeof init?.body === 'string' ? init.body : '';
    const { operation } = damaged;
    if (operation === '' || !new RegExp(`query ${operation}(Ids)?\\W`).test(body)) return response;
    const answer = (await response.json()) as { data: unknown; errors?: unknown[] };
    const paths: Step[][] = [];
    withoutFirst(answer.data, [], paths);
    const message = 'Resource limits for this query exceeded.';
    answer.errors = paths.map((path) => ({ type: 'RESOURCE_LIMITS_EXCEEDED', path, message }));
    return new Response(JSON.stringify(answer), { headers: response.headers });
  };
  const { url: baseUrl, token } = twin;
  const config = { repositories: ['acme/large'], organization: 'acme', baseUrl, token };
  const store = createMemoryStore(config, clock, damaging);
  const calm = async (): Promise<MemoryStore> => {
    const made = createMemoryStore(config, clock);
    await made.pass();
    return made;
  };
  return { clock, data, repository, damaged, store, calm };
}

const incomplete = (store: MemoryStore) =>
  store.gaps().filter(({ code }) => code === 'list_incomplete' || code === 'records_missing');

const held = (store: MemoryStore, stream: string): number =>
  [...store.places.values()].find((place) => place.stream.id === stream)?.records.size ?? 0;

describe('a place that no list gives an id for', () => {
  it.each([
    ['pull_requests', 'PullRequests'],
    ['issues', 'Issues'],
    ['releases', 'Releases'],
    ['deployments', 'Deployments'],
    ['members', 'Members'],
    ['teams', 'Teams'],
  ])('is counted, and read as soon as it can be: %s', async (stream, operation) => {
    const { clock, damaged, store, calm } = await start();
    const all = held(await calm(), stream);
    damaged.operation = operation;
    expect((await store.pass()).errors).toEqual([]);
    const lost = all - held(store, stream);
    expect(lost).toBeGreaterThan(0);
    expect(incomplete(store)).toMatchObject([{ stream, affectedCount: lost }]);
    clock.advance(hourMs);
    await store.pass();
    expect(incomplete(store)).toMatchObject([{ stream }]);
    damaged.operation = '';
    clock.advance(hourMs);
    await store.pass();
    expect(incomplete(store)).toEqual([]);
    expect(store.gaps().map(({ code }) => code)).not.toContain('census_incomplete');
    expect(store.rows()).toEqual((await calm()).rows());
  });

  it('is no rewritten history of commits', async () => {
    const { clock, data, repository, damaged, store, calm } = await start();
    damaged.operation = 'Commits';
    await store.pass();
    const lost = held(await calm(), 'commits') - held(store, 'commits');
    expect(lost).toBeGreaterThan(0);
    expect(incomplete(store)).toMatchObject([{ stream: 'commits', affectedCount: lost }]);
    damaged.operation = '';
    clock.advance(hourMs);
    await store.pass();
    expect(store.rows()).toEqual((await calm()).rows());
    const parents = repository.headOid === null ? [] : [repository.headOid];
    const commit = data.addCommit(repository, { at: clock.now() - 1_000, parents });
    repository.headOid = commit.oid;
    damaged.operation = 'Commits';
    clock.advance(hourMs);
    await store.pass();
    expect(incomplete(store)).toMatchObject([{ stream: 'commits' }]);
    damaged.operation = '';
    clock.advance(hourMs);
    await store.pass();
    expect(store.gaps().filter(({ stream }) => stream === 'commits')).toEqual([]);
    expect(store.rows()).toEqual((await calm()).rows());
  });
});
