import { createAdjutant, type SyncProgress } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { github } from './connector.ts';
import { generateGithubRepository } from './testing/generate-github-repository.ts';
import { startGithubTwin } from './testing/start-github-twin.ts';

const pullRequests = 400;
const to = Date.UTC(2026, 9, 1);

async function startSync() {
  const { data } = generateGithubRepository({ pullRequests, seed: 6, to });
  const clock = createFakeClock(to + 86_400_000);
  const twin = await startGithubTwin({ data, clock });
  const connector = github({
    repositories: ['acme/large'],
    baseUrl: twin.url,
    token: twin.token,
  });
  const adjutant = await createAdjutant({ store: ':memory:', connectors: [connector], clock });
  onTestFinished(async () => {
    await adjutant.close();
    await twin.close();
  });
  /** Syncs, until so many records of a stream are there, and returns what was told of each stream. */
  const sync = async (stop?: { stream: string; records: number }) => {
    const controller = new AbortController();
    const told = new Map<string, SyncProgress[]>();
    const onProgress = (event: SyncProgress): void => {
      if (event.phase === 'reading')
        told.set(event.stream, [...(told.get(event.stream) ?? []), event]);
      if (event.stream === stop?.stream && event.records >= stop.records) controller.abort();
    };
    const summary = await adjutant.sync({ onProgress, signal: controller.signal });
    return { told, summary };
  };
  return { sync };
}

/** How far the estimates were from what then came, the first batch of a pass left aside. */
function worstError(events: readonly SyncProgress[] = []): number {
  const real = events.at(-1)?.records ?? Number.NaN;
  const errors = events.slice(1).map(({ totalEstimate }) => Math.abs((totalEstimate ?? 0) - real));
  return Math.max(...errors) / real;
}

test.each(['pull_requests', 'commits'])(
  '%s: the total told is the one that comes',
  async (stream) => {
    const { sync } = await startSync();
    const { told } = await sync();
    expect(told.get(stream)?.length).toBeGreaterThan(4);
    expect(worstError(told.get(stream))).toBeLessThan(0.1);
  },
);

test.each([
  ['pull_requests', pullRequests],
  ['commits', 2 * pullRequests],
])('%s: a pass that goes on tells how much it will read itself', async (stream, atMost) => {
  const { sync } = await startSync();
  const first = await sync({ stream, records: 150 });
  expect(first.summary.streams.find((one) => one.stream === stream)?.outcome).toBe('interrupted');
  const { told } = await sync();
  const events = told.get(stream);
  expect(events?.length).toBeGreaterThan(2);
  expect(events?.at(-1)?.records).toBeLessThan(atMost);
  expect(worstError(events)).toBeLessThan(0.1);
});
