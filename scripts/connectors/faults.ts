import { createMemoryStore } from '../../packages/connectors/src/github/__fixtures__/memory-store.ts';
import {
  countDifferences,
  unexplainedDifferences,
} from '../../packages/connectors/src/github/__fixtures__/unexplained-differences.ts';
import type { FaultName } from '../../packages/connectors/src/github/testing/faults.ts';
import { atLeast, exactly, type Figure } from './figure.ts';
import { countRows, withGithub } from './github-world.ts';

const seeds = 50;
const passing: readonly FaultName[] = [
  'rateLimited',
  'tooManyRequests',
  'secondaryLimit',
  'badGateway',
  'partialData',
];

interface Shaking {
  name: string;
  switches: Partial<Record<FaultName, number>>;
}

const shakings: readonly Shaking[] = [
  ...passing.map((name) => ({ name, switches: { [name]: name === 'partialData' ? 0.85 : 0.25 } })),
  {
    name: 'all of these together',
    switches: Object.fromEntries(
      passing.map((name) => [name, name === 'partialData' ? 0.6 : 0.06]),
    ),
  },
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
  let named = 0;
  for (const shaking of shakings) {
    let right = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const outcome = await shake(shaking, seed);
      right += outcome.isRight ? 1 : 0;
      named += outcome.named;
    }
    figures.push(exactly('2', `${shaking.name}: worlds that end right`, right, seeds));
  }
  figures.push(
    atLeast('2', 'records that were missing for a while, each named or counted by a gap', named, 1),
    ...(await reserveFigures()),
  );
  return figures;
}

/**
 * While the faults last, each row that differs from those of a calm run must be named by a gap; once
 * they are over, the next pass must heal all. Where rows move all the time only the latter can be held.
 */
async function shake(
  { switches, name: shaking }: Shaking,
  seed: number,
): Promise<{ isRight: boolean; named: number }> {
  return await withGithub({ pullRequests: 40, overflowShare: 0.05, seed }, async (world) => {
    const { store, twin, clock, config } = world;
    const isMoving = 'pageDrift' in switches || 'lostRows' in switches;
    const { nullAuthor = null } = switches;
    // Deleted authors stay deleted, in a calm run too.
    if (nullAuthor !== null) twin.faults.nullAuthor = { probability: nullAuthor };
    const calm = createMemoryStore(config, clock);
    if (!isMoving) await calm.pass();
    const temporary = Object.entries(switches).filter(([name]) => name !== 'nullAuthor');
    for (const [name, probability] of temporary) {
      // Keys of an object are its own.
      twin.faults[name as FaultName] = { probability };
    }
    const unexplained: string[] = [];
    let named = 0;
    for (let pass = 0; pass < 3; pass += 1) {
      await store.pass();
      clock.advance(60_000);
      if (isMoving) continue;
      unexplained.push(...unexplainedDifferences(store, calm));
      const hasEnded = [...store.places.values()].every(({ outcome }) => outcome === 'read');
      if (hasEnded) named += countDifferences(store, calm);
    }
    for (const [name] of temporary) twin.faults[name as FaultName] = null;
    if (isMoving) await calm.pass();
    await store.pass();
    if (!isSame(store.rows(), calm.rows())) unexplained.push('rows differ after a calm pass');
    for (const words of unexplained) console.error(`${shaking}, seed ${seed}: ${words}`);
    return { isRight: unexplained.length === 0, named };
  });
}

const reserveOf = (limit: number): number => limit * 0.2;

/** With an hour's quota far too small for a first reading, beneath each fault in turn. */
async function reserveFigures(): Promise<Figure[]> {
  let reached = 0;
  let kept = 0;
  let ended = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const points = 15 + (seed % 10);
    const fault = ([null, ...passing] as const)[seed % (passing.length + 1)] ?? null;
    const { lowest, stops, isWhole } = await readWithin(points, fault, seed);
    reached += stops > 0 ? 1 : 0;
    kept += lowest >= reserveOf(points) ? 1 : 0;
    ended += isWhole ? 1 : 0;
  }
  return [
    atLeast('2', 'quota: worlds that came to the reserve and stopped', reached, seeds / 2),
    exactly('2', 'quota: worlds in which no request went below it', kept, seeds),
    exactly('2', 'quota: worlds read whole in the hours after', ended, seeds),
  ];
}

async function readWithin(points: number, fault: FaultName | null, seed: number) {
  return await withGithub({ pullRequests: 120, seed, points }, async (world) => {
    const { config, twin, clock, truth } = world;
    if (fault !== null) twin.faults[fault] = { probability: 0.1 };
    let lowest = points;
    const watching: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      lowest = Math.min(lowest, twin.quota.graphql.remaining);
      return response;
    };
    const store = createMemoryStore(config, clock, watching);
    let stops = 0;
    for (let hour = 0; hour < 8; hour += 1) {
      const { errors } = await store.pass();
      stops += errors.some(({ code }) => code === 'RateLimited') ? 1 : 0;
      clock.advance(3_700_000);
    }
    const isWhole = countRows(store.rows(), 'pullRequests') === truth.pullRequests;
    return { lowest, stops, isWhole };
  });
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
