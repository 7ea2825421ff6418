import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { makeWorld } from './__fixtures__/make-world.ts';
import type { FaultName } from './testing/faults.ts';
import { startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const points = 50;
const reserve = points * 0.2;

test.each<[string, FaultName[], number]>([
  ['calm', [], 1],
  ['failing', ['badGateway'], 1],
  ['failing', ['badGateway'], 4],
  ['giving only a part', ['partialData'], 4],
  ['refusing', ['tooManyRequests', 'secondaryLimit'], 2],
])(
  'no request of a GitHub that is %s touches the reserve (%s, seed %i)',
  async (_, faults, seed) => {
    const clock = createFakeClock(to + 86_400_000);
    const { data } = makeWorld({ pullRequests: 600, seed, to });
    const twin = await startGithubTwin({ data, clock, seed, limits: { points } });
    onTestFinished(() => twin.close());
    for (const fault of faults) twin.faults[fault] = { probability: 0.15 };
    let lowest = points;
    const watching: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      lowest = Math.min(lowest, twin.quota.graphql.remaining);
      return response;
    };
    const { url: baseUrl, token } = twin;
    const config = { repositories: ['acme/large'], organization: 'acme', baseUrl, token };
    const store = createMemoryStore(config, clock, watching);
    let stops = 0;
    for (let pass = 0; pass < 4; pass += 1) {
      const { errors } = await store.pass();
      stops += errors.some(({ code }) => code === 'RateLimited') ? 1 : 0;
      clock.advance(3_700_000);
    }
    // It came to the reserve, stopped there, and went on in the next hour.
    expect(stops).toBeGreaterThan(0);
    expect(lowest).toBeGreaterThanOrEqual(reserve);
    expect(store.rows().filter((row) => row.startsWith('pullRequests '))).toHaveLength(600);
  },
);
