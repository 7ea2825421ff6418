import { createMemoryStore } from '../../packages/connectors/src/github/__fixtures__/memory-store.ts';
import type { FaultName } from '../../packages/connectors/src/github/testing/faults.ts';
import { exactly, type Figure } from './figure.ts';
import { withGithub } from './github-world.ts';

const seeds = 50;
const passing: readonly FaultName[] = [
  'rateLimited',
  'tooManyRequests',
  'secondaryLimit',
  'badGateway',
  'partialData',
];
const missing = new Set(['records_missing', 'parts_missing', 'list_incomplete']);

interface Shaking {
  name: string;
  switches: Partial<Record<FaultName, number>>;
}

const shakings: readonly Shaking[] = [
  ...passing.map((name) => ({ name, switches: { [name]: 0.25 } })),
  { name: 'pageDrift', switches: { pageDrift: 1 } },
  { name: 'lostRows', switches: { lostRows: 0.5 } },
  { name: 'nullAuthor', switches: { nullAuthor: 0.2 } },
  {
    name: 'all together',
    switches: {
      ...Object.fromEntries(passing.map((name) => [name, 0.06])),
      pageDrift: 0.5,
      lostRows: 0.1,
      nullAuthor: 0.1,
    },
  },
];

/** Item 2: each fault alone and all together, in fifty worlds. */
export async function faultFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shaking of shakings) {
    let right = 0;
    for (let seed = 1; seed <= seeds; seed += 1) right += (await survives(shaking, seed)) ? 1 : 0;
    figures.push(exactly('2', `${shaking.name}: worlds that end right`, right, seeds));
  }
  figures.push(exactly('2', 'quota: worlds whose reserve was kept', await keptReserves(), seeds));
  return figures;
}

async function survives({ switches }: Shaking, seed: number): Promise<boolean> {
  return await withGithub({ pullRequests: 40, overflowShare: 0.05, seed }, async (world) => {
    const { store, twin, clock, config } = world;
    for (const [name, probability] of Object.entries(switches)) {
      // Keys of an object are its own.
      twin.faults[name as FaultName] = { probability };
    }
    let failed = false;
    for (let pass = 0; pass < 3; pass += 1) {
      failed = (await store.pass()).errors.length > 0;
      clock.advance(60_000);
    }
    // Deleted authors stay deleted; all else is over.
    for (const name of Object.keys(switches)) {
      if (name !== 'nullAuthor') twin.faults[name as FaultName] = null;
    }
    const calm = createMemoryStore(config, clock);
    await calm.pass();
    const told = failed || store.gaps().some(({ code }) => missing.has(code));
    const stillMoving = 'pageDrift' in switches || 'lostRows' in switches;
    if (!told && !stillMoving && !isSame(store.rows(), calm.rows())) return false;
    await store.pass();
    return isSame(store.rows(), calm.rows());
  });
}

async function keptReserves(): Promise<number> {
  let kept = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    kept += await withGithub(
      { pullRequests: 40, seed, points: 25 },
      async ({ store, twin, clock }) => {
        let lowest = Number.POSITIVE_INFINITY;
        for (let pass = 0; pass < 4; pass += 1) {
          await store.pass();
          lowest = Math.min(lowest, twin.quota.graphql.remaining);
          clock.advance(3_700_000);
        }
        return lowest >= 5 ? 1 : 0;
      },
    );
  }
  return kept;
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
