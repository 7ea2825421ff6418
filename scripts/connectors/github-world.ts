import { createFakeClock, type FakeClock } from '../../packages/core/src/testing.ts';
import { createMemoryStore } from '../../packages/connectors/src/github/__fixtures__/memory-store.ts';
import type { MemoryStore } from '../../packages/connectors/src/testing/__fixtures__/memory-store.ts';
import {
  type MadeWorld,
  makeWorld,
} from '../../packages/connectors/src/github/__fixtures__/make-world.ts';
import {
  type GithubTwin,
  startGithubTwin,
} from '../../packages/connectors/src/github/testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);

export interface WorldOptions {
  pullRequests: number;
  overflowShare?: number;
  seed?: number;
  points?: number;
}

export interface World extends MadeWorld {
  clock: FakeClock;
  twin: GithubTwin;
  config: ReturnType<typeof configOf>;
  store: MemoryStore;
}

/** Starts a twin over a generated repository, works on it, and stops it again. */
export async function withGithub<Result>(
  options: WorldOptions,
  work: (world: World) => Promise<Result>,
): Promise<Result> {
  const world = await start(options);
  try {
    return await work(world);
  } finally {
    await world.twin.close();
  }
}

async function start(options: WorldOptions): Promise<World> {
  const clock = createFakeClock(to + 86_400_000);
  const world = makeWorld({ ...options, to });
  const twin = await startGithubTwin({
    data: world.data,
    clock,
    seed: options.seed ?? 1,
    limits: options.points === undefined ? {} : { points: options.points },
  });
  const config = configOf(twin);
  return { ...world, clock, twin, config, store: createMemoryStore(config, clock) };
}

function configOf(twin: GithubTwin) {
  return {
    repositories: ['acme/large'],
    organization: 'acme',
    workflows: { 'acme/large': ['deploy.yml'] },
    baseUrl: twin.url,
    token: twin.token,
  };
}

/** Rows of one kind. */
export function countRows(rows: readonly string[], kind: string): number {
  return rows.filter((row) => row.startsWith(`${kind} `)).length;
}
