import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import { terminalWidth } from '@adjutant/insights';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { makeClone, testNow } from './testing/make-clone.ts';
import { dataHomeOf, type RunOptions, runCli, temporaryFolder } from './testing/run-cli.ts';

const clock: Clock = {
  now: () => testNow,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
/** Any control character but the ends of lines; the bar goes back to the beginning of its own. */
const control = /[^\P{Cc}\n\r]/u;

let folder: string;
let clone: string;
const removals: (() => void)[] = [];

beforeAll(async () => {
  folder = temporaryFolder((remove) => removals.push(remove));
  clone = makeClone(join(folder, 'api'));
  writeFileSync(
    join(clone, 'adjutant.config.yaml'),
    "connectors: { git: { repositories: [.], deployments: { tags: 'v*' } } }\n",
  );
  await run('sync');
  return () => removals.forEach((remove) => remove());
});

function run(line: string, options: Partial<RunOptions> = {}) {
  return runCli(line.split(' '), { cwd: clone, clock, ...options });
}

test('status counts one repository as one', async () => {
  expect((await run('status')).stdout).toContain('Stored: 1 repository, ');
});

describe('look', () => {
  test('needs nothing, prints half a page, writes one page and keeps no store', async () => {
    const cwd = temporaryFolder(onTestFinished);
    const result = await run(`look ${clone}`, { cwd });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout).toContain('Team report: api');
    expect(result.stdout).toContain('What is missing');
    expect(result.stdout.trimEnd().split('\n').at(-1)).toContain('adjutant mcp install');
    expect(result.stdout.split('\n').length).toBeLessThan(45);
    const page = readFileSync(join(cwd, 'adjutant-report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/(?:src|href)="https?:\/\/(?!github\.com\/acme\/api)/);
    expect(existsSync(dataHomeOf(cwd))).toBe(false);
  });

  test('from a script of a clone of this project, ends with a command that works there', async () => {
    const cwd = temporaryFolder(onTestFinished);
    const env = { npm_lifecycle_event: 'adjutant' };
    const { stdout } = await run(`look ${clone} --no-report`, { cwd, env });
    expect(stdout.trimEnd().split('\n').at(-1)).toContain(
      'npx -y pnpm@12 adjutant init && npx -y pnpm@12 adjutant mcp install',
    );
  });

  test('knows deployments only where tags are said to be some', async () => {
    const plain = await run('look --no-report --json');
    const told = await run('look --no-report --json --deployments-from-tags v*');
    const frequency = (text: string): unknown =>
      reportSchema
        .parse(JSON.parse(text))
        .report.figures.find(({ id }) => id === 'deployment_frequency')?.value;
    expect(frequency(plain.stdout)).toBeNull();
    expect(frequency(told.stdout)).toBeGreaterThan(0);
  });

  test('takes the length of the window', async () => {
    const result = await run('look --no-report --json --days 30');
    const { window } = reportSchema.parse(JSON.parse(result.stdout)).report;
    expect(window.to - window.from).toBe(30 * 86_400_000);
  });

  test('when all is long ago, the window ends with the last commit and it says so', async () => {
    const later = { ...clock, now: () => testNow + 900 * 86_400_000 };
    const result = await run('look --no-report', { clock: later });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('2026-09-28');
  });

  test('does not write over a file that is not a report', async () => {
    const cwd = temporaryFolder(onTestFinished);
    writeFileSync(join(cwd, 'notes.html'), 'precious');
    const result = await run(`look ${clone} --out notes.html`, { cwd });
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--force') });
    expect(readFileSync(join(cwd, 'notes.html'), 'utf8')).toBe('precious');
  });
});

const reportSchema = z.object({
  report: z.object({
    window: z.object({ from: z.number(), to: z.number() }),
    figures: z.array(z.object({ id: z.string(), value: z.number().nullable() })),
  }),
});

describe('a synced store', () => {
  test('a second sync finds nothing new', async () => {
    const result = await run('sync --json');
    expect(JSON.parse(result.stdout)).toMatchObject({ records: 0, rowsChanged: 0 });
  });

  test('status tells streams, rows, gaps and who reads', async () => {
    const { stdout } = await run('status');
    expect(stdout).toContain('git api');
    expect(stdout).toContain('20 commits');
    expect(stdout).toContain('What is missing');
    expect(stdout).toContain('adjutant sync --every 15m');
  });

  test('metrics lists figures, explains one, and keeps unknown apart from none', async () => {
    const list = await run('metrics');
    expect(list.stdout).toMatch(/throughput +[\d.]+ \/ week/);
    expect(list.stdout).toMatch(/pull_request_stages +unknown/);
    const one = await run('metrics throughput --explain');
    expect(one.stdout).toContain('#19');
    expect(one.stdout).toMatch(/row +title +merged at/);
    expect(one.stdout).toContain('2026-09-25 12:00');
    const narrowed = await run('metrics throughput --json --days 30 --repository api');
    expect(JSON.parse(narrowed.stdout)).toMatchObject({ metricId: 'throughput', sampleSize: 7 });
  });

  test('two people are merged, split and brought back', async () => {
    const change = z.object({ id: z.string() });
    const total = async (): Promise<unknown> =>
      z.object({ total: z.number() }).parse(JSON.parse((await run('people --json')).stdout)).total;
    const merged = await run('people merge --json bo@example.com ada@example.com');
    expect(merged.exitCode).toBe(0);
    expect(await total()).toBe(1);
    const { id } = change.parse(JSON.parse(merged.stdout));
    expect((await run(`people undo ${id}`)).stdout).toContain('Taken back');
    expect(await total()).toBe(2);
    const again = await runCli(['people', 'merge', 'Bo Example', 'Ada Example'], {
      cwd: clone,
      clock,
    });
    expect(again.stdout).toContain('adjutant people undo');
    expect((await run('people split ada@example.com git:bo@example.com')).exitCode).toBe(0);
    expect(await total()).toBe(2);
  });

  test('a mapping written after the first sync joins two, is listed, and is taken back for good', async () => {
    const cwd = makeClone(join(temporaryFolder(onTestFinished), 'late'));
    const configure = (extra: string): void =>
      writeFileSync(
        join(cwd, 'adjutant.config.yaml'),
        `connectors: { git: { repositories: [.] } }\n${extra}`,
      );
    configure('');
    await run('sync', { cwd });
    expect((await run('people changes', { cwd })).stdout).toBe(
      'Nobody has been merged or split.\n',
    );
    configure('people: [{ name: Ada, accounts: [git:ada@example.com, git:bo@example.com] }]\n');
    await run('sync', { cwd });
    expect((await run('people', { cwd })).stdout).toContain('1 person.');
    const { stdout } = await run('people changes', { cwd });
    expect(stdout).toMatch(/Bo Example became Ada, by the rule explicit_mapping \(git:bo@/);
    const [, id = ''] = /people undo (\S+)/.exec(stdout) ?? [];
    await run(`people undo ${id}`, { cwd });
    await run('sync', { cwd });
    expect((await run('people', { cwd })).stdout).toContain('2 people.');
    expect((await run('people changes', { cwd })).stdout).toContain('taken back on');
  });

  test('doctor says what is right and what to do, and fails only for what is broken', async () => {
    const { stdout, exitCode } = await run('doctor');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('✓ only you may read the store');
    expect(stdout).toContain('→ Run: adjutant mcp install');
    const broken = temporaryFolder(onTestFinished);
    writeFileSync(join(broken, 'adjutant.config.yaml'), 'store: [');
    const told = await run('doctor --json', { cwd: broken });
    expect(told.exitCode).toBe(1);
    expect(JSON.parse(told.stdout)).toMatchObject({
      checks: expect.arrayContaining([expect.objectContaining({ id: 'store', state: 'failed' })]),
    });
  });

  test('an export comes back the same in another store', async () => {
    const file = join(folder, 'export.jsonl');
    expect((await run(`export ${file}`)).exitCode).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await run(`export ${file}`)).stderr).toContain('--force');
    const other = temporaryFolder(onTestFinished);
    expect((await run(`import ${file}`, { cwd: other })).exitCode).toBe(0);
    const again = await run('export', { cwd: other });
    // The ledger apart: an import counts as a store from elsewhere, which is told there and sealed anew.
    const rows = (text: string) => text.split('\n').filter((line) => !line.includes('"audit_'));
    expect(rows(again.stdout)).toEqual(rows(readFileSync(file, 'utf8')));
    expect((await run(`import ${file}`, { cwd: other })).exitCode).toBe(1);
  });

  test('an interrupted sync keeps what was read and exits as interrupted', async () => {
    const cwd = makeClone(join(temporaryFolder(onTestFinished), 'web'));
    writeFileSync(
      join(cwd, 'adjutant.config.yaml'),
      'connectors: { git: { repositories: [.] } }\n',
    );
    const controller = new AbortController();
    controller.abort();
    expect((await run('sync', { cwd, signal: controller.signal })).exitCode).toBe(130);
    expect((await run('sync', { cwd })).exitCode).toBe(0);
  });
});

test('a title of a megabyte with escape sequences is shown as a short, harmless line', async () => {
  const title = `\u001b[31m\u001b]0;owned\u0007<script>alert(1)</script>${'x'.repeat(1_000_000)}`;
  const hostile = makeClone(join(temporaryFolder(onTestFinished), 'hostile'), 4, () => title);
  const out = join(folder, 'hostile.html');
  const result = await run(`look ${hostile} --out ${out}`);
  expect(result.exitCode).toBe(0);
  expect(result.stdout).not.toMatch(control);
  expect(result.stdout.length).toBeLessThan(5_000);
  const page = readFileSync(out, 'utf8');
  expect(page).not.toContain('<script');
  expect(page).not.toMatch(control);
  expect(page.length).toBeLessThan(200_000);
});

describe('output', () => {
  const lines = [
    'look --no-report',
    'status',
    'metrics',
    'metrics throughput --explain',
    'forecast --items 5 --until 2026-10-30',
    'ai-impact',
    'sprints',
    'people',
    'doctor',
  ];

  test.each(lines)(
    '%s has no escape sequence in a pipe or with NO_COLOR, and fits 80 columns',
    async (line) => {
      const piped = await run(line);
      const plain = await run(line, { isTty: true, env: { NO_COLOR: '1' } });
      const flagged = await run(`${line} --no-color`, { isTty: true });
      for (const { stdout, stderr } of [piped, plain, flagged])
        expect(stdout + stderr).not.toMatch(control);
      // A path or command to be copied is never broken.
      const long = plain.stdout
        .split('\n')
        .filter((text) => terminalWidth(text) > 80 && !text.includes(folder));
      expect(long).toEqual([]);
    },
  );

  test.each(lines)('%s prints one JSON document and nothing else with --json', async (line) => {
    const result = await run(`${line} --json`, { isTty: true });
    expect(result.stderr).toBe('');
    expect(z.json().safeParse(JSON.parse(result.stdout)).success).toBe(true);
  });

  test('colours are there at a terminal', async () => {
    expect((await run('status', { isTty: true })).stdout).toMatch(control);
  });
});

test('help loads no command, no schema library and no database', () => {
  const bin = join(import.meta.dirname, 'bin.ts');
  const script = `
    process.argv = [process.argv[0], ${JSON.stringify(bin)}, '--help'];
    const { registerHooks } = await import('node:module');
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    await import(${JSON.stringify(bin)});
    process.stderr.write(loaded.join('\\n'));`;
  const options = ['--conditions=@adjutant/source', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  expect(stdout).toContain('Connect an assistant:');
  expect(stderr).toContain('program.ts');
  expect(stderr).not.toMatch(/libsql|drizzle|zod|packages\/core|commands\//);
});
