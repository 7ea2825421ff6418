import type { FakeClock } from '@adjutant/core/testing';
import {
  createMemoryStore as createStore,
  type MemoryStore,
} from '../../testing/__fixtures__/memory-store.ts';
import { github } from '../connector.ts';

/** Keeps what the connector gives as the runner does, so that a test can compare it whole. */
export function createMemoryStore(
  config: Parameters<typeof github>[0],
  clock: FakeClock,
  fetchFunction: typeof fetch = fetch,
): MemoryStore {
  return createStore(github(config), clock, { fetchFunction });
}
