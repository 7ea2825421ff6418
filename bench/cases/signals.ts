import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createAdjutant, type WorkspaceHandle } from '@adjutant/core';
import { shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { absolute, type BenchLine, median, time } from '../measure.ts';
import { largeOrganisation, newestNumbers, organisation, teams } from '../organisation.ts';
import { type ReadRecorder, recordReads, replayer } from '../recorded-reads.ts';
import { seedEnd } from '../seed-store.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { stallLine, startWitness, type WitnessedStall } from '../witness.ts';
import { workBoard } from '../work-board.ts';

const hourMs = 3_600_000;
const rounds = 5;
const changedRows = 100;
const board = { items: 50_000, runs: 20_000, people: largeOrganisation.people };
const size = `${largeOrganisation.pullRequests} pull requests, ${board.items} issues, ${largeOrganisation.people} people`;

/** All rules over a large organisation, and those that run after a sync of a hundred changed rows. */
export async function benchSignals(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'store.db');
    const changed: number[] = [];
    let now = seedEnd + hourMs;
    const options = {
      store: path,
      metrics: allMetrics,
      teams,
      connectors: [organisation(largeOrganisation, () => changed), workBoard(board)],
      clock: { now: () => now, sleep: async () => undefined },
    };
    // Rows come through an instance without rules: what is measured is the pass of rules alone.
    const reading = await createAdjutant(options);
    await reading.sync();
    const recorder = recordReads();
    const ruled = await createAdjutant({ ...options, signals: shippedRules });
    try {
      const handle = ruled.workspace().as(await ruled.owner());
      const firstMs = await time(() => handle.signals.evaluate({ everything: true }));
      const { items, total } = await handle.signals.list({ limit: 200, withHidden: true });
      const kinds = new Set(items.map(({ ruleId }) => ruleId)).size;
      const newest = newestNumbers(largeOrganisation, changedRows * (rounds + 1));
      const change = async (round: number): Promise<void> => {
        changed.splice(
          0,
          changed.length,
          ...newest.slice(round * changedRows, (round + 1) * changedRows),
        );
        now += hourMs;
        await reading.sync();
      };
      const measured = { handle, path, recorder };
      return [
        absolute(
          'a first pass of all',
          `${firstMs.toFixed(0)} ms, ${total} findings, of ${kinds} rules among the worst 200`,
          'told only',
          true,
        ),
        ...(await passLines(measured, {
          title: `all ${shippedRules.length} rules over ${size}`,
          everything: true,
          limitMs: 5_000,
        })),
        ...(await passLines(measured, {
          title: `the rules of a sync, after ${changedRows} changed rows`,
          everything: false,
          limitMs: 150,
          before: change,
        })),
      ];
    } finally {
      recorder.end();
      await reading.close();
      await ruled.close();
    }
  });
}

interface Measured {
  handle: WorkspaceHandle;
  path: string;
  recorder: ReadRecorder;
}

interface PassKind {
  title: string;
  everything: boolean;
  limitMs: number;
  before?: (round: number) => Promise<void>;
}

async function passLines(
  { handle, path, recorder }: Measured,
  { title, everything, limitMs, before }: PassKind,
): Promise<BenchLine[]> {
  await before?.(rounds);
  const pass = (): Promise<unknown> => handle.signals.evaluate({ everything });
  const reads = await recorder.during(pass);
  const floor = replayer(path, reads);
  const oursMs: number[] = [];
  const floorMs: number[] = [];
  const stalls: WitnessedStall[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await before?.(round);
    floorMs.push(await time(() => floor.read()));
    const witness = await startWitness();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    oursMs.push(await time(pass));
    delay.disable();
    stalls.push({ oursMs: delay.max / 1e6, witnessMs: await witness() });
  }
  floor.close();
  return [
    {
      title,
      ours: `${median(oursMs).toFixed(0)} ms`,
      floor: `${median(floorMs).toFixed(0)} ms for its ${reads.length} queries alone`,
      ratio: median(oursMs.map((value, round) => value / (floorMs[round] ?? Number.NaN))),
      must: `under ${limitMs} ms`,
      ok: median(oursMs) < limitMs,
    },
    stallLine('longest stall of it', stalls),
  ];
}
