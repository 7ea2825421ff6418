import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { canonicalDump, crashPointNames, type CrashPointName } from '@adjutant/core/testing';
import { configuredSource } from './configured-source.ts';
import { createDice, type Dice } from './dice.ts';
import { createSyncers, type KilledAt, type Syncers } from './syncers.ts';

/** A twin in this process, which outlives those that read it, misbehaves, and changes meanwhile. */
export interface DisturbedTwin {
  /** What the children are told to read. */
  source: readonly string[];
  /** Lets some of the next requests go wrong, and returns how many. */
  misbehave(dice: Dice): number;
  /** Takes away whatever would still go wrong, and returns how much that was. */
  behave(): number;
  /** Something happens at the source. */
  change(dice: Dice): void;
  /** Moves its clock ahead of the real one. */
  setHoursAhead(hours: number): void;
  /** Requests so far. */
  requests(): number;
}

export interface TwinRuns {
  killed: number;
  killedAtRandom: number;
  hits: Map<CrashPointName, number>;
  faults: number;
  changes: number;
  stores: number;
  rows: number;
  different: number;
  changedAgain: number;
  renormalised: number;
  /** Most requests of one more sync, and fewest of a calm backfill. */
  mostRequestsAgain: number;
  calmRequests: number;
}

/** Weekly values are the matter of the other runs. */
const points = crashPointNames.filter((name) => name !== 'rollups_written');
const killsPerStore = 5;
/** Later than every list is read again in full, so that what was deleted is known to be gone. */
const settledHours = 49;

/** Kills syncs of one store after another, and holds each against one that nobody disturbed. */
export async function killOverTwin(
  folder: string,
  twin: DisturbedTwin,
  kills: number,
): Promise<TwinRuns> {
  const syncers = createSyncers(twin.source);
  const dice = createDice(29);
  const runs: TwinRuns = {
    killed: 0,
    killedAtRandom: 0,
    hits: new Map(crashPointNames.map((name) => [name, 0])),
    faults: 0,
    changes: 0,
    stores: 0,
    rows: 0,
    different: 0,
    changedAgain: 0,
    renormalised: 0,
    mostRequestsAgain: 0,
    calmRequests: Number.POSITIVE_INFINITY,
  };
  try {
    // The first one compiles what the others load; how long one takes says when to kill it.
    const startedAt = performance.now();
    await syncers.sync(join(folder, 'first.db'), { hoursAhead: 0 });
    const syncMs = performance.now() - startedAt;
    for (; runs.killed < kills; runs.stores += 1) {
      const store = join(folder, `disturbed-${runs.stores}.db`);
      await disturb(store, { syncers, twin, dice, runs, syncMs, kills });
      await judgeStore(store, join(folder, `calm-${runs.stores}.db`), { syncers, twin, runs });
    }
    return runs;
  } finally {
    await syncers.close();
  }
}

interface Disturbance {
  syncers: Syncers;
  twin: DisturbedTwin;
  dice: Dice;
  runs: TwinRuns;
  syncMs: number;
  kills: number;
}

/** Syncs a store over and over, killed and lied to, until one comes to its end among faults. */
async function disturb(store: string, all: Disturbance): Promise<void> {
  const { syncers, twin, dice, runs, syncMs, kills } = all;
  let killed = 0;
  // A pass that came to its end before it was killed says how long passes take now.
  let spanMs = syncMs;
  for (let pass = 0; pass < killsPerStore * 3; pass += 1) {
    const mayKill = killed < killsPerStore && runs.killed < kills;
    const set = twin.misbehave(dice);
    const changing = setTimeout(() => {
      twin.change(dice);
      runs.changes += 1;
    }, dice.below(syncMs));
    const at: KilledAt = mayKill ? nextKill(dice, spanMs, pass % 2 === 0) : {};
    const startedAt = performance.now();
    const outcome = await syncers
      .sync(store, { ...at, hoursAhead: 0, mayFail: true })
      .finally(() => {
        clearTimeout(changing);
        runs.faults += set - twin.behave();
      });
    if (outcome !== 'killed') spanMs = Math.min(spanMs, performance.now() - startedAt);
    if (outcome === 'killed') {
      killed += 1;
      runs.killed += 1;
      if (at.point === undefined) runs.killedAtRandom += 1;
      else runs.hits.set(at.point, (runs.hits.get(at.point) ?? 0) + 1);
    } else if (!mayKill || pass >= killsPerStore * 2) {
      return;
    }
  }
}

/** In turns at any moment, where time tells which, and at a named point. */
function nextKill(dice: Dice, syncMs: number, isAtAnyMoment: boolean): KilledAt {
  if (isAtAnyMoment) return { afterMs: dice.below(syncMs) };
  const point = dice.oneOf(points);
  const isOnce = ['identity_written', 'facts_written'].includes(point);
  return { point, hit: isOnce ? 1 : 1 + Math.floor(dice.below(3)) };
}

/** Nothing is missing, nothing doubled, and there is nothing left to do. */
async function judgeStore(
  store: string,
  calm: string,
  { syncers, twin, runs }: Pick<Disturbance, 'syncers' | 'twin' | 'runs'>,
): Promise<void> {
  const later = { hoursAhead: settledHours };
  twin.setHoursAhead(settledHours);
  await syncers.sync(store, later);
  const before = twin.requests();
  const again = await syncers.sync(store, later);
  runs.mostRequestsAgain = Math.max(runs.mostRequestsAgain, twin.requests() - before);
  runs.changedAgain += typeof again === 'string' ? Number.NaN : again.rowsChanged;
  const beforeCalm = twin.requests();
  await syncers.sync(calm, later);
  runs.calmRequests = Math.min(runs.calmRequests, twin.requests() - beforeCalm);
  twin.setHoursAhead(0);
  const connectors = [await configuredSource(twin.source)];
  const adjutant = await createAdjutant({ store, connectors });
  runs.renormalised += (await adjutant.renormalise()).rowsChanged;
  await adjutant.close();
  const [resumed, expected] = [await comparedDump(store), await comparedDump(calm)];
  runs.rows += expected.length;
  if (resumed.join('\n') === expected.join('\n')) return;
  runs.different += 1;
  showDifference(resumed, expected);
}

/** Cursors hold when something was read, which differs with the way there; that they do the same is judged by one more sync. */
export async function comparedDump(store: string): Promise<string[]> {
  const lines = (await canonicalDump(store)).split('\n');
  return lines.map((line) =>
    line.startsWith('sync_cursors ') ? line.replace(/"\{.*\}"/, 'null') : line,
  );
}

function showDifference(resumed: readonly string[], expected: readonly string[]): void {
  const [has, wants] = [new Set(resumed), new Set(expected)];
  const more = resumed.filter((line) => !wants.has(line)).map((line) => `    + ${line}`);
  const missing = expected.filter((line) => !has.has(line)).map((line) => `    - ${line}`);
  for (const line of [...missing, ...more].slice(0, 6)) console.error(line.slice(0, 300));
}
