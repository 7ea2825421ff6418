import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { makeWorld } from './__fixtures__/make-world.ts';
import {
  countDifferences,
  unexplainedDifferences,
} from './__fixtures__/unexplained-differences.ts';
import type { FaultName } from './testing/faults.ts';
import { type GithubTwin, startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const twins: GithubTwin[] = [];
const passing: readonly FaultName[] = [
  'rateLimited',
  'tooManyRequests',
  'secondaryLimit',
  'badGateway',
  'partialData',
];
// `pnpm connectors` tries fifty of each.
const seeds = Array.from({ length: 5 }, (_, at) => at + 1);

afterEach(async () => {
  await Promise.all(twins.splice(0).map((twin) => twin.close()));
});

async function start(seed: number, options: { points?: number } = {}) {
  const clock = createFakeClock(to + 86_400_000);
  const world = makeWorld({ pullRequests: 60, overflowShare: 0.05, seed, to });
  const limits = options.points === undefined ? {} : { points: options.points };
  const twin = await startGithubTwin({ data: world.data, clock, seed, limits });
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
  return { ...world, clock, twin, store };
}

const missing = new Set(['records_missing', 'parts_missing', 'list_incomplete']);
/** How often it happens: only partial data leaves anything missing, and seldom. */
const probabilities: Partial<Record<FaultName, number>> = { partialData: 0.85 };

describe.each(passing)('%s', (fault) => {
  it.each(seeds)(
    'leaves the rows of a calm run, or a gap says exactly what is missing (seed %i)',
    async (seed) => {
      const calm = await start(seed);
      await calm.store.pass();
      const shaken = await start(seed);
      shaken.twin.faults[fault] = { probability: probabilities[fault] ?? 0.3 };
      for (let pass = 0; pass < 3; pass += 1) {
        await shaken.store.pass();
        expect(unexplainedDifferences(shaken.store, calm.store)).toEqual([]);
      }
      // The fault over, the next pass heals all.
      shaken.twin.faults[fault] = null;
      shaken.clock.advance(60_000);
      const last = await shaken.store.pass();
      expect(last.errors).toEqual([]);
      expect(shaken.store.gaps().filter(({ code }) => missing.has(code))).toEqual([]);
      expect(shaken.store.rows()).toEqual(calm.store.rows());
      expect(shaken.twin.requests.filter(({ fault: hit }) => hit === fault).length).toBeGreaterThan(
        0,
      );
    },
  );
});

it('finds what no gap names: without the gaps, the rows that differ are unexplained', async () => {
  const calm = await start(3);
  await calm.store.pass();
  const shaken = await start(3);
  shaken.twin.faults.partialData = { probability: 0.9 };
  await shaken.store.pass();
  const differences = countDifferences(shaken.store, calm.store);
  expect(differences).toBeGreaterThan(0);
  expect(unexplainedDifferences(shaken.store, calm.store)).toEqual([]);
  for (const place of shaken.store.places.values()) place.gaps = [];
  expect(unexplainedDifferences(shaken.store, calm.store).length).toBeGreaterThan(0);
});

describe('rows that move while they are read', () => {
  it.each(seeds)('loses none to page drift (seed %i)', async (seed) => {
    const { store, twin, truth, clock } = await start(seed);
    twin.faults.pageDrift = { probability: 1 };
    await store.pass();
    clock.advance(60_000);
    await store.pass();
    const numbers = store.rows().filter((row) => row.startsWith('pullRequests '));
    expect(numbers).toHaveLength(truth.pullRequests);
  });

  it.each(seeds)('removes what was deleted while it was read (seed %i)', async (seed) => {
    const { store, twin, repository, clock } = await start(seed);
    twin.faults.lostRows = { probability: 1 };
    await store.pass();
    twin.faults.lostRows = null;
    clock.advance(60_000);
    await store.pass();
    const rows = store.rows().filter((row) => row.startsWith('pullRequests '));
    expect(rows).toHaveLength(repository.pullRequests.size);
  });

  it('takes deleted accounts for the ghost, the same in every pass', async () => {
    const { store, twin, clock } = await start(3);
    twin.faults.nullAuthor = { probability: 0.2 };
    await store.pass();
    const rows = store.rows();
    expect(rows.some((row) => row.includes('"authorAccountExternalId":"ghost"'))).toBe(true);
    clock.advance(60_000);
    await store.pass({ mode: 'backfill' });
    expect(store.rows()).toEqual(rows);
  });
});

describe('all faults at random', () => {
  it.each(seeds)('end as a calm run does, or say what is missing (seed %i)', async (seed) => {
    const { store, twin, clock, repository } = await start(seed);
    for (const fault of passing) twin.faults[fault] = { probability: 0.08 };
    twin.faults.pageDrift = { probability: 0.5 };
    twin.faults.lostRows = { probability: 0.1 };
    for (let pass = 0; pass < 3; pass += 1) {
      await store.pass();
      clock.advance(60_000);
    }
    for (const fault of [...passing, 'pageDrift', 'lostRows'] as const) twin.faults[fault] = null;
    const last = await store.pass();
    expect(last.errors).toEqual([]);
    const calm = createMemoryStore(
      {
        repositories: ['acme/large'],
        organization: 'acme',
        workflows: { 'acme/large': ['deploy.yml'] },
        baseUrl: twin.url,
        token: twin.token,
      },
      clock,
    );
    await calm.pass();
    expect(store.rows()).toEqual(calm.rows());
    expect(store.rows().filter((row) => row.startsWith('pullRequests '))).toHaveLength(
      repository.pullRequests.size,
    );
  });
});

describe('the quota', () => {
  it('keeps the share for actions, and goes on when the hour is over', async () => {
    const { store, twin, clock, truth } = await start(1, { points: 25 });
    for (let pass = 0; pass < 12; pass += 1) {
      await store.pass();
      expect(twin.quota.graphql.remaining).toBeGreaterThanOrEqual(5);
      clock.advance(3_700_000);
    }
    const last = await store.pass();
    expect(last.errors).toEqual([]);
    const rows = store.rows().filter((row) => row.startsWith('pullRequests '));
    expect(rows).toHaveLength(truth.pullRequests);
  });
});
