import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import { createClient } from '@libsql/client/sqlite3';
import { readFloorColumns } from '../floors/metric-columns.ts';
import { metricsFloor } from '../floors/metrics-floor.ts';
import { type BenchLine, interleave, median, time } from '../measure.ts';
import { growStore } from '../grow-store.ts';
import { seedEnd, seedStart, seedStore } from '../seed-store.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const sizes = [100_000, 1_000_000] as const;
const rounds = 5;

/** P4: lead time over the whole history against reading columns and plain typed-array arithmetic. */
export async function benchMetrics(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const lines: BenchLine[] = [];
    const times: number[] = [];
    for (const size of sizes) {
      const path = join(folder, `store-${size}.db`);
      if (size === sizes[0]) await seedStore(path, size);
      else await growStore(join(folder, `store-${sizes[0]}.db`), path, size / sizes[0]);
      const adjutant = await createAdjutant({ store: path, metrics: allMetrics });
      const handle = adjutant.workspace().as(await adjutant.owner());
      const window = { from: seedStart, to: seedEnd + 400 * 86_400_000 };
      const compute = () => handle.metric({ metricId: 'lead_time_for_changes', window });
      const client = createClient({ url: `file:${path}`, concurrency: 1 });
      const runs: number[] = [];
      const pair = await interleave(
        size === sizes[0] ? rounds : 3,
        async () => {
          runs.push(await time(compute));
        },
        async () => metricsFloor(await readFloorColumns(client, window)),
      );
      times.push(median(runs));
      lines.push({
        title: `P4 lead time over ${size} pull requests, read and computed`,
        ours: `${pair.oursMs.toFixed(0)} ms`,
        floor: `${pair.floorMs.toFixed(0)} ms`,
        ratio: pair.ratio,
        must: 'at most 2.5',
        ok: pair.ratio <= 2.5,
      });
      client.close();
      await adjutant.close();
    }
    const growth = (times[1] ?? Number.NaN) / (times[0] ?? Number.NaN);
    lines.push({
      title: 'P4 ten times the data',
      ours: `${growth.toFixed(1)} times the time`,
      floor: '',
      ratio: Number.NaN,
      must: 'at most 12',
      ok: growth <= 12,
    });
    return lines;
  });
}
