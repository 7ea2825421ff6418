import { join } from 'node:path';
import { canonicalDump, crashPointNames, type CrashPointName } from '@adjutant/core/testing';
import { createSyncers, type Syncers } from './syncers.ts';

export const kills = 100;

/** A source that is synced by child processes, which are killed over and over. */
export interface KilledSource {
  /** What the children are told to read: the connector, then what it takes. */
  source: readonly string[];
  /** The points of one store, in turn. */
  points: readonly CrashPointName[];
  /** At which hit of a point the process is killed. */
  hitOf(point: CrashPointName, round: number, position: number): number;
  /** Returns what of a store must equal that of the undisturbed one. */
  compared(dump: string): string;
  /** Requests that the source was asked since the last call; null where it is asked none. */
  takeRequests(): number | null;
}

export interface KilledRuns {
  hits: Map<CrashPointName, number>;
  killed: number;
  stores: number;
  /** Stores whose rows differ from those of the undisturbed run. */
  different: number;
  /** Rows that one more sync changed, of the undisturbed store and of every resumed one together. */
  changedAgain: number;
  /** Most requests of one such sync; null where there are none. */
  mostRequestsAgain: number | null;
  /** Requests of the undisturbed run; null where there are none. */
  calmRequests: number | null;
  /** Requests of each resumed backfill, all its killed passes included. */
  resumedRequests: number[];
}

/** Syncs one store undisturbed, then kills passes over others until there were enough kills. */
export async function killAndResume(folder: string, from: KilledSource): Promise<KilledRuns> {
  const syncers = createSyncers(from.source);
  const calm = join(folder, 'calm.db');
  from.takeRequests();
  try {
    await syncers.sync(calm);
    const runs: KilledRuns = {
      hits: new Map(crashPointNames.map((name) => [name, 0])),
      killed: 0,
      stores: 0,
      different: 0,
      changedAgain: 0,
      mostRequestsAgain: null,
      calmRequests: from.takeRequests(),
      resumedRequests: [],
    };
    await syncAgain(calm, syncers, from, runs);
    const expected = from.compared(await canonicalDump(calm));
    // A store takes several kills before it is done; then the next one begins.
    for (; runs.killed < kills; runs.stores += 1) {
      const store = join(folder, `disturbed-${runs.stores}.db`);
      await disturb(store, syncers, from, runs);
      await syncers.sync(store);
      runs.resumedRequests.push(from.takeRequests() ?? 0);
      await syncAgain(store, syncers, from, runs);
      if (from.compared(await canonicalDump(store)) !== expected) runs.different += 1;
    }
    return runs;
  } finally {
    await syncers.close();
  }
}

/** Kills passes over one store at one point after another, as long as passes get there. */
async function disturb(
  store: string,
  syncers: Syncers,
  from: KilledSource,
  runs: KilledRuns,
): Promise<void> {
  for (const [position, point] of from.points.entries()) {
    if (runs.killed === kills) return;
    const hit = from.hitOf(point, runs.stores, position);
    const outcome = await syncers.sync(store, { point, hit });
    if (outcome !== 'killed') continue;
    runs.hits.set(point, (runs.hits.get(point) ?? 0) + 1);
    runs.killed += 1;
  }
}

/** One more sync, which has nothing left to do. */
async function syncAgain(
  store: string,
  syncers: Syncers,
  from: KilledSource,
  runs: KilledRuns,
): Promise<void> {
  const again = await syncers.sync(store);
  runs.changedAgain += typeof again === 'string' ? Number.NaN : again.rowsChanged;
  const requests = from.takeRequests();
  if (requests !== null) runs.mostRequestsAgain = Math.max(runs.mostRequestsAgain ?? 0, requests);
}
