import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { countRows, dumpRows, ingestedTables } from '../dump-rows.ts';
import { createFloorDatabase, insertPrepared } from '../floors/prepared-insert.ts';
import { type BenchLine, interleave } from '../measure.ts';
import { scriptedIngest, scriptedPayload } from '../scripted-ingest.ts';
import { stallLine, startWitness, type WitnessedStall } from '../witness.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const records = 20_000;
const rounds = 5;
const memoryRows = 1_000_000;
// Made before any time is taken: the floor is not charged for making records up either.
const payloads = Array.from({ length: records }, (_, position) => scriptedPayload(position));

/** P1: rows through the public ingest against prepared statements; P12: no stall; flat memory. */
export async function benchIngest(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const template = join(folder, 'template.db');
    await (await openStore(template)).close();
    const sample = join(folder, 'sample.db');
    await ingest(sample);
    const rows = dumpRows(sample, ingestedTables);
    const rowCount = countRows(rows);
    const pair = await interleave(
      rounds,
      (round) => ingest(join(folder, `ours-${round}.db`)),
      (round) => {
        const path = join(folder, `floor-${round}.db`);
        createFloorDatabase(template, path);
        insertPrepared(path, rows);
      },
    );
    const stalls: WitnessedStall[] = [];
    for (let round = 0; round < rounds; round += 1) {
      stalls.push(await longestStall(join(folder, `stall-${round}.db`)));
    }
    const memory = await memoryOf(join(folder, 'memory.db'), rowCount / records);
    const growth = memory.growthBytes / 1e6;
    const rate = 1 / pair.ratio;
    return [
      {
        title: `P1 public ingest, ${rowCount} rows`,
        ours: `${Math.round((rowCount / pair.oursMs) * 1_000)} rows/s`,
        floor: `${Math.round((rowCount / pair.floorMs) * 1_000)} rows/s`,
        ratio: rate,
        must: 'at least 0.70',
        ok: rate >= 0.7,
      },
      {
        title: `P1 memory growth over ${memoryRows} rows`,
        ours: `${growth.toFixed(0)} MB, to ${(memory.peakBytes / 1e6).toFixed(0)} MB`,
        floor: '',
        ratio: Number.NaN,
        must: 'below 100 MB',
        ok: growth < 100,
      },
      stallLine('P12 longest stall of the event loop while syncing', stalls),
    ];
  });
}

async function longestStall(path: string): Promise<WitnessedStall> {
  const stopWitness = await startWitness();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await ingest(path, () => delay.enable());
  delay.disable();
  return { oursMs: delay.max / 1e6, witnessMs: await stopWitness() };
}

async function ingest(path: string, onBatch?: () => void): Promise<void> {
  await scriptedIngest(
    path,
    records,
    (position) => payloads[position] ?? scriptedPayload(position),
    onBatch,
  );
}

const memorySchema = z.object({ growthBytes: z.number(), peakBytes: z.number() });

async function memoryOf(path: string, rowsPerRecord: number) {
  const count = Math.ceil(memoryRows / rowsPerRecord);
  const program = join(import.meta.dirname, '../children/ingest-memory.ts');
  const child = fork(program, [path, String(count)]);
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`the ingest ended with ${String(code)} before it told its memory`);
  });
  const messages: unknown[] = await Promise.race([once(child, 'message'), exited]);
  return memorySchema.parse(messages[0]);
}
