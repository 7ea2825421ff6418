import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateGithubRepository, startGithubTwin } from '@adjutant/connectors/testing';
import { canonicalDump } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { exitCodes } from './exit-codes.ts';
import { commandLine } from './testing/command-line.ts';
import { temporaryFolder } from './testing/run-cli.ts';

const timeout = 120_000;
/** Pages that were asked for and not kept yet, and what a second start asks before it goes on. */
const mostAskedAgain = 7;

interface Run {
  process: ChildProcess;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function startSync(folder: string, twin: { url: string; token: string }): Run {
  const section = ['repositories: [acme/large]', `baseUrl: ${twin.url}`, 'token: ${GITHUB_TOKEN}'];
  const lines = ['store: ./figures.db', 'connectors:', '  github:'];
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'adjutant.config.yaml'),
    [...lines, ...section.map((line) => `    ${line}`)].join('\n'),
  );
  const child = spawn(process.execPath, [...commandLine, 'sync'], {
    cwd: folder,
    env: {
      ...process.env,
      ADJUTANT_TRUSTED_CONFIG: join(folder, 'adjutant.config.yaml'),
      GITHUB_TOKEN: twin.token,
      GITHUB_TOKEN_HOST: new URL(twin.url).host,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => {
    return { code: code as number | null, stdout, stderr };
  });
  return { process: child, ended };
}

/** Cursors hold when something was read, and findings when they were found: not the same twice. */
async function rowsOf(folder: string): Promise<string[]> {
  const dump = await canonicalDump(join(folder, 'figures.db'));
  return dump.split('\n').filter((row) => !/^(?:sync_cursors|signal_\w+) /.test(row));
}

test('a first sync stopped by Ctrl-C says so, goes on from there, and has the same rows in the end', {
  timeout,
}, async () => {
  const { data } = generateGithubRepository({ pullRequests: 600, overflowShare: 0.05, seed: 4 });
  const twin = await startGithubTwin({ data });
  onTestFinished(() => twin.close());
  const folder = temporaryFolder(onTestFinished);
  const whole = join(folder, 'whole');
  const cut = join(folder, 'cut');
  expect(await startSync(whole, twin).ended).toMatchObject({ code: exitCodes.ok });
  const wholeRequests = twin.requests.splice(0).length;

  const first = startSync(cut, twin);
  while (twin.requests.length < wholeRequests / 2 && first.process.exitCode === null)
    await sleep(5);
  first.process.kill('SIGINT');
  const stopped = await first.ended;
  expect(stopped.code).toBe(exitCodes.interrupted);
  expect(stopped.stdout).toMatch(/stopped after [\d,]+ records; what was read is kept/);
  expect(stopped.stderr).toContain('goes on from there');
  expect(twin.requests.length).toBeLessThan(wholeRequests);

  expect(await startSync(cut, twin).ended).toMatchObject({ code: exitCodes.ok });
  expect(twin.requests.length).toBeLessThanOrEqual(wholeRequests + mostAskedAgain);
  const rows = await rowsOf(cut);
  expect(rows.length).toBeGreaterThan(5_000);
  expect(rows).toEqual(await rowsOf(whole));
});
