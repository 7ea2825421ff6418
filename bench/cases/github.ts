import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { countRows, dumpRows, ingestedTables } from '../dump-rows.ts';
import { fetchPages, type PageRequest } from '../floors/github-pages.ts';
import { createFloorDatabase, insertPrepared } from '../floors/prepared-insert.ts';
import { startTwinProcess, type TwinProcess } from '../github-twin-process.ts';
import { judgeProgress, type ToldProgress } from '../judge-progress.ts';
import { absolute, type BenchLine, median, time } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { stallLine, type WitnessedStall } from '../witness.ts';
import { benchCommandOnGithub } from './github-command.ts';
import { benchGithubPayloads } from './github-payloads.ts';

const pullRequests = 10_000;
const rounds = 3;
const filledTables = [
  ...ingestedTables,
  'pull_request_events',
  'pull_request_work_items',
  'pull_request_facts',
];

interface SyncRun extends WitnessedStall {
  syncMs: number;
  cpuMs: number;
  records: number;
  rowsChanged: number;
  peakMb: number;
  told: ToldProgress[];
  failed: number;
}

/** Reading 10,000 pull requests of a code host in another process, and what goes with it. */
export async function benchGithub(): Promise<BenchLine[]> {
  const lines = await withTemporaryFolder(async (folder) => {
    const twin = await startTwinProcess(pullRequests);
    try {
      return [...(await benchSync(twin, folder)), ...(await benchCommandOnGithub(twin, folder))];
    } finally {
      await twin.close();
    }
  });
  return [...lines, ...(await benchGithubPayloads())];
}

async function benchSync(twin: TwinProcess, folder: string): Promise<BenchLine[]> {
  const template = join(folder, 'template.db');
  await (await openStore(template)).close();
  const sample = join(folder, 'sample.db');
  const runs = [await syncOnce(twin, sample)];
  const requests = await twin.take();
  const again = await syncOnce(twin, sample);
  const requestsAgain = (await twin.take()).length;
  const rows = dumpRows(sample, filledTables);
  const floors: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const floor = async (): Promise<number> =>
      await floorOnce(twin, requests, template, join(folder, `floor-${round}.db`), rows);
    const isFloorFirst = round % 2 === 0;
    const before = isFloorFirst ? await floor() : null;
    const run = await syncOnce(twin, join(folder, `ours-${round}.db`));
    const floorMs = before ?? (await floor());
    runs.push(run);
    floors.push(floorMs);
    ratios.push(run.syncMs / floorMs);
  }
  await twin.take();
  const ratio = median(ratios);
  return [
    {
      title: `first sync of ${pullRequests} pull requests, ${requests.length} requests, ${countRows(rows)} rows, facts included`,
      ours: `${seconds(median(runs.map(({ syncMs }) => syncMs)))} (${seconds(median(runs.map(({ cpuMs }) => cpuMs)))} of processor)`,
      floor: `${seconds(median(floors))} (the same pages fetched and parsed, the same rows inserted)`,
      ratio,
      must: 'at most 2.0',
      ok: ratio <= 2,
    },
    stallLine('P12 longest stall of that sync', runs),
    absolute(
      'requests of a pass with nothing new',
      `${requestsAgain}, ${again.rowsChanged} rows changed`,
      'at most 3, 0 rows',
      requestsAgain <= 3 && again.rowsChanged === 0,
    ),
    ...progressLines(runs),
  ];
}

async function floorOnce(
  twin: TwinProcess,
  requests: readonly PageRequest[],
  template: string,
  path: string,
  rows: ReturnType<typeof dumpRows>,
): Promise<number> {
  return await time(async () => {
    await fetchPages(twin.url, twin.token, requests);
    createFloorDatabase(template, path);
    insertPrepared(path, rows);
  });
}

function progressLines(runs: readonly SyncRun[]): BenchLine[] {
  const judged = runs.map(({ told }) => judgeProgress(told));
  const worstTotal = Math.max(...judged.map(({ worstTotalError }) => worstTotalError));
  const factors = judged.map(({ worstTimeFactor }) => worstTimeFactor);
  const events = judged.reduce((sum, one) => sum + one.events, 0);
  const silent = judged.reduce((sum, one) => sum + one.silent, 0);
  const streams = Math.min(...judged.map((one) => one.streams));
  return [
    absolute(
      `estimated totals from the second batch on, ${events} events of ${streams} streams a run, ${silent} without one`,
      `${(worstTotal * 100).toFixed(1)} % off at worst`,
      'at most 10 %, each with one',
      worstTotal <= 0.1 && silent === 0 && streams >= 2,
    ),
    absolute(
      `estimated time left in the second half, of ${runs.length} runs`,
      `off by a factor of ${median(factors).toFixed(2)} at worst (the median run; all: ${factors.map((factor) => factor.toFixed(2)).join(', ')})`,
      'below 2',
      median(factors) < 2,
    ),
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

async function syncOnce({ url, token }: TwinProcess, store: string): Promise<SyncRun> {
  const path = join(import.meta.dirname, '../children/github-sync-once.ts');
  const child = fork(path, [url, token, store], { execArgv: ['--conditions=@adjutant/source'] });
  const exit = once(child, 'exit');
  const [report] = (await Promise.race([
    once(child, 'message'),
    exit.then(() => {
      throw new Error('the sync ended with no report');
    }),
  ])) as [SyncRun];
  // It holds its store until then. Its failure was told already.
  await exit;
  if (report.failed > 0) throw new Error('a stream failed');
  return report;
}
