import { setImmediate } from 'node:timers/promises';
import {
  type Adjutant,
  AdjutantError,
  type SearchIndex,
  type WorkspaceHandle,
} from '@adjutant/core';
import { createTestAction, createTestTarget, type FakeClock } from '@adjutant/core/testing';
import { dayMs } from './working-time.ts';
import type { World } from './world.ts';

/** So long the worker of actions is given to prepare and to let expire what is due. */
const settlingMs = 5_000;

/** What may be proposed in a world: what needs a person, with three days to decide or with one. */
export const proposable = [
  createTestAction({ target: createTestTarget(), id: 'note.write', risk: 'medium' }),
  createTestAction({ target: createTestTarget(), id: 'switch.turn', risk: 'high' }),
];

/** What people do with the product itself between two readings. */
export interface WorkInProduct {
  /** Does what is planted up to a reading, and lets actions go on. */
  goOnTo(instant: number): Promise<void>;
}

/** Returns what does in a product what is planted to be done there. */
export function workInProduct(
  { adjutant, workspace }: { adjutant: Adjutant; workspace: WorkspaceHandle },
  { world, clock }: { world: World; clock: FakeClock },
): WorkInProduct {
  const deeds = world.deeds.toSorted((one, other) => one.at - other.at);
  const advanceTo = (instant: number): void => clock.advance(Math.max(0, instant - clock.now()));
  const settle = async (): Promise<void> => {
    const stop = new AbortController();
    const until = clock.now() + settlingMs;
    const working = adjutant.workActions({ signal: stop.signal });
    while (clock.now() < until) await setImmediate();
    stop.abort();
    await working;
  };
  return {
    async goOnTo(instant) {
      for (; deeds[0] !== undefined && deeds[0].at <= instant; deeds.shift()) {
        advanceTo(deeds[0].at);
        await deeds[0].act(workspace);
        await settle();
      }
      // Its worker runs rules too. What looks at days runs with the first reading of a day, not before.
      if (instant % dayMs > dayMs / 2) {
        advanceTo(instant - 2 * settlingMs);
        await settle();
      }
      advanceTo(instant);
    },
  };
}

/** Returns a search service in which nothing is looked for, and that is away where that is planted. */
export function searchService({ outages }: World): SearchIndex {
  const requireIt = (): void => {
    if (outages.index) throw new AdjutantError('Upstream', 'The search service is away.');
  };
  return {
    async put(_workspaceId, subjects) {
      requireIt();
      return { written: subjects.length };
    },
    async remove(_workspaceId, keys) {
      requireIt();
      return { removed: keys.length };
    },
    search: async () => ({ hits: [], hasMore: false, terms: [] }),
    clear: async () => requireIt(),
  };
}
