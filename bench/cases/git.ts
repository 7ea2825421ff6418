import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateLargeRepository } from '@adjutant/connectors/testing';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { builtCommand } from '../built-command.ts';
import { countRows, dumpRows, ingestedTables } from '../dump-rows.ts';
import { gitLog } from '../floors/git-log.ts';
import { createFloorDatabase, insertPrepared } from '../floors/prepared-insert.ts';
import { absolute, type BenchLine, median, time } from '../measure.ts';
import { stallLine } from '../witness.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const commits = 100_000;
const rounds = 3;

/** Reading a clone of 100,000 commits against `git log` plus writing the very same rows. */
export async function benchGit(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const clone = join(folder, 'large.git');
    await generateLargeRepository({ commits, seed: 7, directory: clone });
    const template = join(folder, 'template.db');
    await (await openStore(template)).close();
    const runs = [await syncOnce(clone, join(folder, 'sample.db'))];
    const rows = dumpRows(join(folder, 'sample.db'), [...ingestedTables, 'pull_request_facts']);
    const ratios: number[] = [];
    const floors: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const run = await syncOnce(clone, join(folder, `ours-${round}.db`));
      runs.push(run);
      const logMs = await time(() => gitLog(clone));
      const insertMs = await time(() => {
        const path = join(folder, `floor-${round}.db`);
        createFloorDatabase(template, path);
        insertPrepared(path, rows);
      });
      ours.push(run.syncMs);
      floors.push(logMs + insertMs);
      ratios.push(run.syncMs / (logMs + insertMs));
    }
    const ratio = median(ratios);
    const peakMb = await peakOfCommand(clone, folder);
    return [
      {
        title: `sync of ${commits} commits, ${countRows(rows)} rows, facts included`,
        ours: `${(median(ours) / 1_000).toFixed(2)} s`,
        floor: `${(median(floors) / 1_000).toFixed(2)} s (git log + the same rows inserted)`,
        ratio,
        must: 'at most 2.0',
        ok: ratio <= 2,
      },
      absolute(
        'peak memory of `adjutant sync`, as published, on it',
        `${peakMb.toFixed(0)} MB`,
        'below 300 MB',
        peakMb < 300,
      ),
      stallLine('P12 longest stall of that sync', runs),
    ];
  });
}

interface SyncRun {
  syncMs: number;
  oursMs: number;
  witnessMs: number;
}

/** What the operating system counted of the command that people run. */
async function peakOfCommand(clone: string, folder: string): Promise<number> {
  const config = join(folder, 'adjutant.config.yaml');
  writeFileSync(config, `store: ./command.db\nconnectors:\n  git:\n    repositories: [${clone}]\n`);
  const report = join(folder, 'peak.json');
  const watch = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(${JSON.stringify(report)},String(process.resourceUsage().maxRSS)))`;
  const child = spawn(
    process.execPath,
    ['--import', watch, builtCommand(), 'sync', '--config', config],
    { stdio: 'ignore', env: { ...process.env, ADJUTANT_TRUSTED_CONFIG: config } },
  );
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(`the command ended with ${String(exitCode)}`);
  return Number(readFileSync(report, 'utf8')) / 1_000;
}

async function syncOnce(clone: string, store: string): Promise<SyncRun> {
  const child = fork(join(import.meta.dirname, '../children/sync-once.ts'), [clone, store], {
    execArgv: ['--conditions=@adjutant/source'],
  });
  const exit = once(child, 'exit');
  const [report] = (await Promise.race([
    once(child, 'message'),
    exit.then(() => {
      throw new Error('the sync ended with no report');
    }),
  ])) as [SyncRun & { failed: number }];
  await exit;
  if (report.failed > 0) throw new Error('a stream failed');
  return report;
}
