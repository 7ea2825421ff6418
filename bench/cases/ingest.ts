import { hash } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createAdjutant } from '@adjutant/core';
import {
  createScriptedConnector,
  type ScriptedPayload,
  scriptedRecord,
} from '@adjutant/core/testing';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { countRows, dumpRows, ingestedTables } from '../dump-rows.ts';
import { createFloorDatabase, insertPrepared } from '../floors/prepared-insert.ts';
import { type BenchLine, interleave } from '../measure.ts';
import { stallLine, startWitness, type WitnessedStall } from '../witness.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const records = 20_000;
const rounds = 5;
const memoryRows = 1_000_000;
const batchSize = 500;

/** P1: rows through the public ingest against prepared statements; P12: no stall; flat memory. */
export async function benchIngest(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const template = join(folder, 'template.db');
    await (await openStore(template)).close();
    const sample = join(folder, 'sample.db');
    await ingest(sample, records);
    const rows = dumpRows(sample, ingestedTables);
    const rowCount = countRows(rows);
    const pair = await interleave(
      rounds,
      (round) => ingest(join(folder, `ours-${round}.db`), records),
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
    const growth = await memoryGrowth(join(folder, 'memory.db'), rowCount / records);
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
        ours: `${growth.toFixed(0)} MB`,
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
  await ingest(path, records, () => delay.enable());
  delay.disable();
  return { oursMs: delay.max / 1e6, witnessMs: await stopWitness() };
}

async function ingest(path: string, count: number, onBatch?: () => void): Promise<void> {
  const connector = createScriptedConnector(async function* () {
    for (let start = 0; start < count; start += batchSize) {
      const size = Math.min(batchSize, count - start);
      yield {
        records: Array.from({ length: size }, (_, offset) =>
          scriptedRecord(payload(start + offset)),
        ),
        tombstones: [],
        state: { done: start + size },
        complete: start + size === count,
        gaps: [],
      };
      onBatch?.();
    }
  });
  const adjutant = await createAdjutant({ store: path, connectors: [connector] });
  await adjutant.sync();
  await adjutant.close();
}

function payload(position: number): ScriptedPayload {
  return {
    number: position + 1,
    title: `Change number ${position + 1} of the things that were to be changed, ${'with a reason '.repeat(20)}`,
    author: `person-${position % 60}@example.com`,
    mergedAt: 1_780_000_000_000 + position * 60_000,
    sha: hash('sha1', String(position)),
  };
}

async function memoryGrowth(path: string, rowsPerRecord: number): Promise<number> {
  const count = Math.ceil(memoryRows / rowsPerRecord);
  let base = 0;
  let peak = 0;
  let batches = 0;
  await ingest(path, count, () => {
    batches += 1;
    const now = process.memoryUsage().rss;
    // The first batches fill caches that every process of ours has.
    if (batches === 20) base = now;
    if (batches > 20) peak = Math.max(peak, now);
  });
  return (peak - base) / 1e6;
}
