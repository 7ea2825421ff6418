import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { makeClone, testNow } from './testing/make-clone.ts';
import { type RunOptions, runCli, temporaryFolder } from './testing/run-cli.ts';

const clock: Clock = { now: () => testNow, sleep: async () => undefined };

function run(line: string, options: RunOptions) {
  return runCli(line.split(' '), { clock, ...options });
}

/** Exit code, words of the message and words of the hint. */
type Fault = [
  line: string,
  prepare: (cwd: string) => void,
  exitCode: number,
  message: string,
  hint: string,
];
const config = (text: string) => (cwd: string) =>
  writeFileSync(join(cwd, 'adjutant.config.yaml'), text);
const nothing = (): void => undefined;
const git = 'connectors: { git: { repositories: [.] } }\n';
const faults: Fault[] = [
  ['loook', nothing, 2, 'loook', 'Did you mean look?'],
  ['look --dayss 3', nothing, 2, '--dayss', 'Did you mean --days?'],
  ['people merg', nothing, 2, 'merg', 'Did you mean merge?'],
  ['mcp install', nothing, 2, '--client', 'adjutant mcp install --help'],
  ['mcp install --client emacs', nothing, 2, 'claude, cursor, vscode', '--help'],
  ['look a b', nothing, 2, 'Too many arguments', 'adjutant look --help'],
  ['look --days 0', nothing, 2, 'days', '--help'],
  ['look --days ten', nothing, 2, 'whole number', '--help'],
  ['look nowhere', nothing, 2, 'does not exist', 'clone'],
  ['look .', nothing, 3, 'not a git repository', 'clone'],
  ['demo --seed x', nothing, 2, 'seed', '--help'],
  ['sync', nothing, 3, 'no configuration', 'adjutant init'],
  ['sync', config('store: a.db\n'), 3, 'names no source', 'connectors'],
  ['sync --every often', config(git), 2, 'often', '15m'],
  ['sync --every 1s', config(git), 2, '1s', '10s'],
  ['sync', config(git), 1, 'not a git repository', 'clone'],
  ['status', config('store: [\n'), 3, 'not valid YAML', 'Correct'],
  ['status', config('stor: a.db\n'), 3, 'unknown key', 'Did you mean "store"?'],
  ['status', config('store: ${ADJUTANT_STORE}\n'), 3, 'not set', 'export ADJUTANT_STORE='],
  ['status --config gone.yaml', nothing, 3, 'gone.yaml', 'adjutant init'],
  ['status', config('store: mysql://x/y\n'), 3, 'a scheme that is not used', 'guide'],
  ['status', config('store: "libsql://user:pass@x.example"\n'), 3, 'user or password', 'guide'],
  ['status', config('store: "http://"\n'), 3, 'is no address', 'guide'],
  ['metrics lead_tim', config('store: a.db\n'), 2, 'no metric', 'lead_time_for_changes'],
  ['metrics --explain', config('store: a.db\n'), 2, 'name a metric', '--help'],
  [
    'metrics throughput --repository nope',
    config('store: a.db\n'),
    2,
    'no repository of that name',
    'adjutant sync',
  ],
  [
    'people merge nobody ada',
    config('store: a.db\n'),
    2,
    'Nobody here is "nobody"',
    'adjutant people',
  ],
  ['people split ada x', config('store: a.db\n'), 2, 'not an account', 'git:ada@example.com'],
  ['people undo x', config('store: a.db\n'), 2, 'no such merge', ''],
  ['import nope.jsonl', config('store: a.db\n'), 1, 'does not exist', 'path'],
  ['export --json', config('store: a.db\n'), 2, 'many JSON lines', 'file'],
  ['import adjutant.config.yaml', config('store: a.db\n'), 2, 'not an export', 'adjutant export'],
  ['status', corruptStore, 4, 'not a readable database', 'adjutant sync'],
  ['status', storeInAFile, 3, 'cannot be opened for writing', 'store'],
];

function corruptStore(cwd: string): void {
  config('store: a.db\n')(cwd);
  writeFileSync(join(cwd, 'a.db'), 'this is no database, '.repeat(400));
}

function storeInAFile(cwd: string): void {
  writeFileSync(join(cwd, 'file'), '');
  config('store: file/a.db\n')(cwd);
}

test.each(faults)('%s', async (line, prepare, exitCode, message, hint) => {
  const cwd = temporaryFolder(onTestFinished);
  prepare(cwd);
  const result = await run(line, { cwd });
  expect(result.exitCode).toBe(exitCode);
  const told = result.stdout + result.stderr;
  expect(told).toContain(message);
  expect(told).toContain(hint);
  expect(told).not.toMatch(/\n\s+at /);
});

test('with --json the error is one document on standard output too', async () => {
  const cwd = temporaryFolder(onTestFinished);
  const result = await run('status --config gone.yaml --json', { cwd });
  expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'Configuration' } });
  expect(result.stderr).toContain('gone.yaml');
});

test('a secret of the environment is in no message', async () => {
  const cwd = temporaryFolder(onTestFinished);
  const env = { STORE_TOKEN: 'mysql-canary-4711://x', ADJUTANT_DEBUG: '1' };
  for (const name of ['STORE_TOKEN', 'ADJUTANT_STORE']) {
    config(`store: \${${name}}\n`)(cwd);
    const held = { ...env, ADJUTANT_STORE: env.STORE_TOKEN };
    const result = await run('status', { cwd, env: held });
    expect(result.exitCode).toBe(3);
    expect(result.stderr).not.toContain('mysql-canary-4711');
  }
});

test('text that was typed cannot act in the terminal', async () => {
  const result = await runCli(['\u001b]0;owned\u0007look'], {
    cwd: temporaryFolder(onTestFinished),
  });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).not.toMatch(/[^\P{Cc}\n]/u);
});

test('commits from the future are told and counted as nothing known', async () => {
  const before = { ...clock, now: () => testNow - 900 * 86_400_000 };
  const result = await run('look --no-report', {
    cwd: makeClone(temporaryFolder(onTestFinished)),
    clock: before,
  });
  expect(result.exitCode).toBe(0);
  expect(result.stdout).toContain('a clock was wrong');
});

// The superuser may read and write anything, so there is nothing to see for it.
test.skipIf(process.getuid?.() === 0)(
  'an unreadable clone and a read-only folder are told',
  async () => {
    const cwd = temporaryFolder(onTestFinished);
    const open = makeClone(join(cwd, 'open'), 2);
    const closed = makeClone(join(cwd, 'closed'), 2);
    chmodSync(join(closed, '.git'), 0o000);
    mkdirSync(join(cwd, 'sealed'), { mode: 0o500 });
    onTestFinished(() => chmodSync(join(closed, '.git'), 0o700));
    expect((await run('look closed', { cwd })).exitCode).toBeGreaterThan(0);
    const sealed = await run(`look ${open}`, { cwd: join(cwd, 'sealed') });
    expect(sealed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--no-report') });
  },
);
