import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalDump } from '@adjutant/core/testing';
import { builtCommand } from '../built-command.ts';
import type { TwinProcess } from '../github-twin-process.ts';
import { absolute, type BenchLine } from '../measure.ts';

const interruptedExitCode = 130;

/** The published command on the same GitHub: its memory, and Ctrl-C in the middle of it. */
export async function benchCommandOnGithub(
  twin: TwinProcess,
  folder: string,
): Promise<BenchLine[]> {
  const whole = await runSync(twin, join(folder, 'whole'));
  const wholeRequests = (await twin.take()).length;
  const interrupted = await runSync(twin, join(folder, 'cut'), wholeRequests / 2);
  const cutRequests = interrupted.askedBefore + (await twin.take()).length;
  const resumed = await runSync(twin, join(folder, 'cut'));
  const bothRequests = cutRequests + (await twin.take()).length;
  const isEqual = (await rowsOf(join(folder, 'whole'))) === (await rowsOf(join(folder, 'cut')));
  const goesOn = /goes on from there/.exec(interrupted.output)?.[0] ?? null;
  const share = bothRequests / wholeRequests;
  return [
    absolute(
      'peak memory of `adjutant sync`, as published, on it',
      `${whole.peakMb.toFixed(0)} MB`,
      'below 300 MB',
      whole.peakMb < 300,
    ),
    absolute(
      `Ctrl-C after ${cutRequests} of ${wholeRequests} requests: exit code, and what it says of the next run`,
      `${interrupted.exitCode} within ${Math.round(interrupted.endedAfterMs)} ms, ${goesOn === null ? 'nothing' : `"${goesOn}"`}`,
      `${interruptedExitCode} within 2 s, that it goes on`,
      interrupted.exitCode === interruptedExitCode &&
        interrupted.endedAfterMs <= 2_000 &&
        goesOn !== null &&
        cutRequests < wholeRequests,
    ),
    absolute(
      'requests of the interrupted and the resumed run ÷ those of one run',
      `${share.toFixed(3)} (${bothRequests} ÷ ${wholeRequests})`,
      'at most 1.1',
      share <= 1.1 && resumed.exitCode === 0,
    ),
    absolute(
      'rows of the interrupted and resumed store',
      isEqual ? 'those of one run' : 'others than those of one run',
      'those of one run',
      isEqual,
    ),
  ];
}

interface CommandRun {
  exitCode: number | null;
  output: string;
  /** Requests that were counted while it ran. */
  askedBefore: number;
  /** How long it took to end once it was interrupted. */
  endedAfterMs: number;
  /** What the operating system counted. */
  peakMb: number;
}

/** Runs the command, and presses Ctrl-C once it has asked so much. */
async function runSync(
  twin: TwinProcess,
  folder: string,
  interruptAfter?: number,
): Promise<CommandRun> {
  const { url, token } = twin;
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'adjutant.config.yaml');
  const repositories = '[acme/large]';
  writeFileSync(
    config,
    `store: ./command.db\nconnectors:\n  github:\n    repositories: ${repositories}\n    organization: acme\n    baseUrl: ${url}\n    token: \${BENCH_TOKEN}\n`,
  );
  const report = join(folder, 'peak.json');
  const watch = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(${JSON.stringify(report)},String(process.resourceUsage().maxRSS)))`;
  const child = spawn(
    process.execPath,
    ['--import', watch, builtCommand(), 'sync', '--config', config],
    {
      env: {
        ...process.env,
        ADJUTANT_TRUSTED_CONFIG: config,
        BENCH_TOKEN: token,
        BENCH_TOKEN_HOST: new URL(url).host,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exit = once(child, 'close');
  let interruptedAt = Number.NaN;
  let askedBefore = 0;
  if (interruptAfter !== undefined) {
    while (askedBefore < interruptAfter && child.exitCode === null) {
      await sleep(50);
      askedBefore += (await twin.take()).length;
    }
    interruptedAt = performance.now();
    child.kill('SIGINT');
  }
  const [exitCode] = (await exit) as [number | null];
  return {
    exitCode,
    output,
    askedBefore,
    endedAfterMs: performance.now() - interruptedAt,
    peakMb: Number(readFileSync(report, 'utf8')) / 1_000,
  };
}

/** Cursors hold when something was read, and findings when they were found: not the same twice. */
async function rowsOf(folder: string): Promise<string> {
  const dump = await canonicalDump(join(folder, 'command.db'));
  return dump
    .split('\n')
    .filter((row) => !/^(?:sync_cursors|signal_\w+) /.test(row))
    .join('\n');
}
