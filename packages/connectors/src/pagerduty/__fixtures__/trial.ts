import { type Adjutant, createAdjutant, type SyncSummary } from '@adjutant/core';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { onTestFinished } from 'vitest';
import { pagerduty } from '../connector.ts';
import {
  type PagerdutyTwin,
  type PagerdutyTwinOptions,
  startPagerdutyTwin,
} from '../testing/start-pagerduty-twin.ts';
import { makeWorld, type World } from './make-world.ts';

export const now = Date.parse('2026-11-20T12:00:00Z');

export interface SyncTrial extends World {
  twin: PagerdutyTwin;
  clock: FakeClock;
  adjutant: Adjutant;
  sync: () => Promise<SyncSummary>;
  /** Requests since the last call, as method and path without its query. */
  asked: () => string[];
}

export interface TrialOptions extends Partial<Omit<PagerdutyTwinOptions, 'data' | 'clock'>> {
  incidents?: number;
  config?: Parameters<typeof pagerduty>[0];
}

/** Starts a twin and an Adjutant over it, with a store of its own; both end with the test. */
export async function startSyncTrial({
  incidents = 12,
  config = {},
  ...twinOptions
}: TrialOptions = {}): Promise<SyncTrial> {
  const clock = createFakeClock(now);
  const world = makeWorld({ incidents, to: now });
  const twin = await startPagerdutyTwin({ data: world.data, clock, ...twinOptions });
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [pagerduty({ baseUrl: twin.apiUrl, token: twin.token, ...config })],
    clock,
  });
  onTestFinished(async () => {
    await adjutant.close();
    await twin.close();
  });
  return {
    ...world,
    twin,
    clock,
    adjutant,
    sync: async () => await adjutant.sync(),
    asked: () => twin.requests.splice(0).map(({ path }) => path.split('?')[0] ?? ''),
  };
}
