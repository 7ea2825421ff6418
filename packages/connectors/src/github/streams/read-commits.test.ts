import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { makeWorld } from '../__fixtures__/make-world.ts';
import type { TwinRepository } from '../testing/data/records.ts';
import { type GithubTwin, startGithubTwin } from '../testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;
const added = 250;
const twins: GithubTwin[] = [];

afterEach(async () => {
  await Promise.all(twins.splice(0).map((twin) => twin.close()));
});

async function start() {
  const clock = createFakeClock(to + 24 * hourMs);
  const { data, repository } = makeWorld({ pullRequests: 30, to });
  const twin = await startGithubTwin({ data, clock });
  twins.push(twin);
  const { url: baseUrl, token } = twin;
  const config = { repositories: ['acme/large'], documents: false, baseUrl, token };
  const store = createMemoryStore(config, clock);
  await store.pass();
  clock.advance(hourMs);
  const push = (target: TwinRepository, count: number): void => {
    for (let at = 0; at < count; at += 1) {
      const parents = target.headOid === null ? [] : [target.headOid];
      const instant = clock.now() - (count - at) * 1_000;
      target.headOid = data.addCommit(target, { at: instant, parents }).oid;
    }
  };
  return { clock, twin, config, store, repository, push };
}

const gapCodes = (store: ReturnType<typeof createMemoryStore>): string[] =>
  store.gaps().flatMap(({ stream, code }) => (stream === 'commits' ? [code] : []));

describe('commits that come in while the pass is cut off', () => {
  // The first batch is the repository's own; then two and a half of commits.
  for (const stopAfter of [2, 3, 4]) {
    it(`are no rewritten history: after ${stopAfter} batches`, async () => {
      const { clock, twin, config, store, repository, push } = await start();
      push(repository, added);
      const first = await store.pass({ stopAfter });
      const asked = twin.requests.length;
      const second = await store.pass();
      expect((first.given['commits'] ?? 0) + (second.given['commits'] ?? 0)).toBe(added);
      expect(gapCodes(store)).toEqual([]);
      expect(twin.requests.length - asked).toBeLessThanOrEqual(4);
      const fresh = createMemoryStore(config, clock);
      await fresh.pass();
      expect(store.rows()).toEqual(fresh.rows());
      expect((await store.pass()).given['commits']).toBe(0);
    });
  }

  it('are removed where the branch was rewritten meanwhile', async () => {
    const { clock, config, store, repository, push } = await start();
    const before = repository.headOid;
    push(repository, added);
    await store.pass({ stopAfter: 3 });
    repository.headOid =
      [...repository.commits.values()].find(({ oid }) => oid === before)?.parents[0] ?? null;
    push(repository, 3);
    await store.pass();
    expect(gapCodes(store)).toEqual(['history_rewritten']);
    const fresh = createMemoryStore(config, clock);
    await fresh.pass();
    expect(store.rows()).toEqual(fresh.rows());
  });
});
