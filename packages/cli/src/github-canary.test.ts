import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { generateGithubRepository, startGithubTwin } from '@adjutant/connectors/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  type Needle,
  needlesOf,
  searchBytes,
  searchFolder,
} from '../../../test-setup/search-canaries.ts';
import {
  canary,
  canaryPrefix,
  type CanaryWorld,
  makeCanaryWorld,
  type ProcessResult,
  runProcess,
} from './testing/canary-world.ts';
import { runCli, temporaryFolder } from './testing/run-cli.ts';

// Real processes, which read a GitHub with planted credentials. They may reach that GitHub alone.
const timeout = 120_000;
const token = canary('GithubToken');
let world: CanaryWorld;
const removals: (() => void)[] = [];

beforeAll(() => {
  world = makeCanaryWorld(temporaryFolder((remove) => removals.push(remove)));
});
afterAll(() => removals.forEach((remove) => remove()));

const tokenLines = ['token: ${GITHUB_TOKEN}'];
const appLines = (id: number, installation: number): string[] => [
  `app: { appId: ${id}, installationId: ${installation}, privateKey: "\${GITHUB_APP_KEY}" }`,
];

/** Writes a configuration that reads a GitHub and returns its folder. */
function configure(name: string, url: string, credential: readonly string[]): string {
  const section = ['repositories: [acme/large]', 'organization: acme', `baseUrl: ${url}`];
  const lines = [...section, ...credential].map((line) => `    ${line}`);
  const text = ['store: ./figures.db', 'connectors:', '  github:', ...lines].join('\n');
  return world.plant(name, 'adjutant.config.yaml', `${text}\n`);
}

async function startTwin() {
  const { data } = generateGithubRepository({ pullRequests: 30, overflowShare: 0.1, seed: 2 });
  const twin = await startGithubTwin({ data, token });
  onTestFinished(() => twin.close());
  return twin;
}

async function runLines(
  lines: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<ProcessResult[]> {
  const results: ProcessResult[] = [];
  for (const line of lines) {
    results.push(
      await runProcess(line.split(' '), {
        cwd,
        env: { ...world.env, ...env, ADJUTANT_DEBUG: '1' },
      }),
    );
  }
  return results;
}

/** The same in this process: enough where only what it says and stores is of interest. */
async function sayLines(
  lines: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<ProcessResult[]> {
  const results: ProcessResult[] = [];
  for (const line of lines) {
    const all = { ...world.env, ...env, ADJUTANT_DEBUG: '1' };
    results.push({ line, ...(await runCli(line.split(' '), { cwd, env: all })) });
  }
  return results;
}

/** Every place in outputs and files where a secret stands. */
function placesOf(
  needles: readonly Needle[],
  results: readonly ProcessResult[],
  folder: string,
): string[] {
  const outputs = results.flatMap(({ line, stdout, stderr }) => [
    ...searchBytes(`stdout of ${line}`, stdout, needles),
    ...searchBytes(`stderr of ${line}`, stderr, needles),
  ]);
  const { leaks, files } = searchFolder(folder, needles);
  // The store at least, else nothing was searched.
  expect(files).toBeGreaterThan(1);
  return [...outputs, ...leaks].map(({ place, form }) => `${form} in ${place}`);
}

const everything = [
  'sync --json',
  'sync',
  'doctor',
  'doctor --json',
  'status --json',
  'metrics --json --days 3660',
  'people --json',
  'export dump.jsonl --force',
];

test('a token of GitHub stands in no row, log or answer of what reads with it', {
  timeout,
}, async () => {
  const twin = await startTwin();
  const folder = configure('github-token', twin.url, tokenLines);
  const env = { GITHUB_TOKEN_HOST: new URL(twin.url).host };
  const results = await runLines(everything, folder, env);
  expect(results.map(({ line, exitCode }) => [line, exitCode])).toEqual(
    everything.map((line) => [line, 0]),
  );
  expect(twin.requests.length).toBeGreaterThan(5);
  expect(readFileSync(join(folder, 'dump.jsonl'), 'utf8')).toContain('acme/large');
  expect(placesOf(needlesOf(canaryPrefix), results, folder)).toEqual([]);
});

test('neither does the key of an app, nor the tokens that it is given for it', {
  timeout,
}, async () => {
  const twin = await startTwin();
  const { id, installationId, privateKey } = twin.app;
  const folder = configure('github-app', twin.url, appLines(id, installationId));
  const GITHUB_APP_KEY_HOST = new URL(twin.url).host;
  const lines = privateKey.trim().split('\n').slice(1, -1);
  const oneLine = privateKey.replaceAll('\n', '\\n');
  const results = [
    ...(await runLines(['sync --json', 'doctor', 'export dump.jsonl --force'], folder, {
      GITHUB_APP_KEY: privateKey,
      GITHUB_APP_KEY_HOST,
    })),
    ...(await sayLines(['sync'], folder, { GITHUB_APP_KEY: oneLine, GITHUB_APP_KEY_HOST })),
  ];
  expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  // Given to an app alone: what was read was read with it.
  expect(twin.requests.some(({ path }) => path.endsWith('/access_tokens'))).toBe(true);
  const needles = [...lines, 'ghs_twin', 'eyJhbGciOi'].flatMap((text) => needlesOf(text));
  expect(placesOf(needles, results, folder)).toEqual([]);
  for (const damaged of [privateKey.slice(0, 400), lines.join(' ')]) {
    const env = { GITHUB_APP_KEY: damaged, GITHUB_APP_KEY_HOST };
    const refused = await sayLines(['sync --json', 'sync', 'doctor'], folder, env);
    expect(refused.map(({ exitCode }) => exitCode)).not.toContain(0);
    expect(refused[0]?.stdout).toContain('private key');
    expect(placesOf(needles, refused, folder)).toEqual([]);
  }
});

/** Ends a process in the middle of its third request, with an error nobody catches or with none at all. */
function crashAtThirdRequest(how: string): string {
  const script = `
    const original = globalThis.fetch;
    let count = 0;
    globalThis.fetch = (...given) => {
      count += 1;
      if (count === 3) setImmediate((request) => { ${how} }, given);
      return original(...given);
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

test.each([
  ['an error that nobody catches', "throw new Error('crashed');", 1],
  ['an end without a word', "process.kill(process.pid, 'SIGKILL');", -1],
])(
  'a crash in the middle of a request leaves none behind: %s',
  { timeout },
  async (name, how, exitCode) => {
    const twin = await startTwin();
    const folder = configure(`crash-${exitCode}`, twin.url, tokenLines);
    const env = {
      GITHUB_TOKEN_HOST: new URL(twin.url).host,
      NODE_OPTIONS: `${world.env['NODE_OPTIONS'] ?? ''} ${crashAtThirdRequest(how)}`,
    };
    const results = await runLines(['sync --json'], folder, env);
    expect({ name, exitCode: results[0]?.exitCode }).toEqual({ name, exitCode });
    expect(twin.requests.length).toBeGreaterThan(1);
    expect(placesOf(needlesOf(canaryPrefix), results, folder)).toEqual([]);
  },
);

/** What a server says that repeats everything it was sent. */
const echoes: Record<string, (sent: string) => { status: number; body: string; type?: string }> = {
  refusal: (sent) => ({ status: 401, body: JSON.stringify({ message: sent }) }),
  forbidden: (sent) => ({ status: 403, body: JSON.stringify({ message: sent, errors: [sent] }) }),
  invalid: (sent) => ({ status: 422, body: JSON.stringify({ message: sent, errors: [sent] }) }),
  page: (sent) => ({ status: 404, body: `<html>${sent}</html>`, type: 'text/html' }),
  noJson: (sent) => ({ status: 200, body: `{"data":${sent}` }),
  problems: (sent) => ({
    status: 200,
    body: JSON.stringify({ data: null, errors: [{ type: 'FORBIDDEN', message: sent }] }),
  }),
};

test.each(Object.keys(echoes))(
  'a server that repeats what it is sent is not quoted (%s)',
  {
    timeout,
  },
  async (name) => {
    let asked = 0;
    const server = createServer((message: IncomingMessage, response) => {
      asked += 1;
      const sent = JSON.stringify(message.rawHeaders.join(' '));
      const { status, body, type = 'application/json' } = echoes[name]?.(sent) ?? failed();
      // A header of its own, and the line before all headers.
      const authorization = message.headers.authorization ?? '';
      response.writeHead(status, `No ${authorization}`, {
        'content-type': type,
        link: authorization,
      });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('No port was given.');
    const folder = configure(`echo-${name}`, `http://127.0.0.1:${address.port}`, tokenLines);
    const env = { GITHUB_TOKEN_HOST: `127.0.0.1:${address.port}` };
    const lines = ['sync --json', 'sync', 'doctor --json'];
    const results = [
      ...(await sayLines(lines, folder, env)),
      ...(await runLines(['sync --json'], folder, env)),
    ];
    expect(asked).toBeGreaterThan(0);
    expect(results.filter(({ exitCode }) => exitCode === 0)).toEqual([]);
    expect(placesOf(needlesOf(canaryPrefix), results, folder)).toEqual([]);
  },
);

function failed(): never {
  throw new Error('There is no such answer.');
}
