import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateGithubRepository, startGithubTwin } from '@adjutant/connectors/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { needlesOf, searchBytes, searchFolder } from '../../../test-setup/search-canaries.ts';
import {
  canary,
  type CanaryWorld,
  makeCanaryWorld,
  type ProcessResult,
} from './testing/canary-world.ts';
import { commandLine } from './testing/command-line.ts';
import { temporaryFolder } from './testing/run-cli.ts';

// Real processes, given a secret over a pipe as a person's password manager does. It may stand in no
// file, log or error afterwards, and neither may a key outside the key file.
const timeout = 120_000;
const token = canary('StoredToken');
const writeToken = canary('StoredWriteToken');
let world: CanaryWorld;
const removals: (() => void)[] = [];

beforeAll(() => {
  world = makeCanaryWorld(temporaryFolder((remove) => removals.push(remove)));
});
afterAll(() => removals.forEach((remove) => remove()));

/** Runs the command with something on its standard input. */
function run(line: string, cwd: string, input = ''): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const env = {
      ...world.env,
      ADJUTANT_DEBUG: '1',
      ADJUTANT_TRUSTED_CONFIG: join(cwd, 'adjutant.config.yaml'),
    };
    const child = spawn(process.execPath, [...commandLine, ...line.split(' ')], { cwd, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ line, exitCode: exitCode ?? -1, stdout, stderr }));
    child.stdin.end(input);
  });
}

test('a stored secret stands in no file, log or error, and a key only in its own file', {
  timeout,
}, async () => {
  const { data } = generateGithubRepository({ pullRequests: 20, overflowShare: 0.1, seed: 2 });
  const twin = await startGithubTwin({ data, token });
  onTestFinished(() => twin.close());
  const { host } = new URL(twin.url);
  const section = ['repositories: [acme/large]', `baseUrl: ${twin.url}`];
  const lines = [
    'store: ./figures.db',
    'connectors:',
    '  github:',
    ...section.map((l) => `    ${l}`),
  ];
  const folder = world.plant('stored', 'adjutant.config.yaml', `${lines.join('\n')}\n`);
  const read = `connector:github:read@${host}`;
  const results = [
    await run(`keys set ${read}`, folder, `${token}\n`),
    await run('keys set connector:github:write', folder, writeToken),
    await run('sync --json', folder),
    await run('doctor --json', folder),
    await run('keys list --json', folder),
    await run('keys rotate', folder),
    await run('sync', folder),
    await run('export dump.jsonl --force', folder),
  ];
  expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  expect(twin.requests.length).toBeGreaterThan(4);
  const refused = [
    // As an argument, which is where a shell's history would keep it.
    await run(`keys set ${read} ${token}`, folder),
    // Another one is there: the server refuses it, and whatever it says is not repeated.
    await run(`keys set ${read}`, folder, `${token}x`).then(() => run('sync --json', folder)),
    await run(`keys set ${read}`, folder, `${token}\nsecond line`).then(() => run('sync', folder)),
  ];
  expect(refused.map(({ exitCode }) => exitCode)).not.toContain(0);
  const keyFolder = join(world.env['XDG_DATA_HOME'] ?? '', 'adjutant');
  expect(readdirSync(keyFolder)).toEqual(['keys', 'stores']);
  const keys = readFileSync(join(keyFolder, 'keys'), 'utf8').trim().split('\n');
  expect(keys).toHaveLength(2);
  const needles = [token, writeToken, ...keys.map((line) => line.split(':')[1] ?? '')].flatMap(
    (secret) => needlesOf(secret),
  );
  const outputs = [...results, ...refused].flatMap(({ line, stdout, stderr }) => [
    ...searchBytes(`stdout of ${line}`, stdout, needles),
    ...searchBytes(`stderr of ${line}`, stderr, needles),
  ]);
  // Rows, log of the store, copies and dumps: everything but the key file itself.
  const { leaks, files } = searchFolder(folder, needles);
  const elsewhere = searchFolder(world.folder, needles, (path) => path.startsWith(keyFolder));
  expect([...outputs, ...leaks, ...elsewhere.leaks]).toEqual([]);
  expect(files).toBeGreaterThan(2);
  // What is there is found, else the search would prove nothing.
  expect(searchFolder(keyFolder, needles).leaks.length).toBeGreaterThan(0);
});
