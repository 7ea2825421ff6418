import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Leak,
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
import { commandLine } from './testing/command-line.ts';
import { runCli, temporaryFolder } from './testing/run-cli.ts';

// Real processes on a machine full of planted secrets. None of them may come out anywhere.
const needles = needlesOf(canaryPrefix);
const day = '--days 3660';
let world: CanaryWorld;
const removals: (() => void)[] = [];

beforeAll(() => {
  world = makeCanaryWorld(temporaryFolder((remove) => removals.push(remove)));
});
afterAll(() => removals.forEach((remove) => remove()));

function run(line: string, cwd = world.clone, debug = false): Promise<ProcessResult> {
  const env = { ...world.env, ...(debug ? { ADJUTANT_DEBUG: '1' } : {}) };
  return runProcess(line.split(' '), { cwd, env });
}

/** The same command line in this process: enough where only what it says is of interest. */
async function say(line: string, cwd = world.clone): Promise<ProcessResult> {
  const env = { ...world.env, ADJUTANT_DEBUG: '1' };
  return { line: `${line} in ${cwd}`, ...(await runCli(line.split(' '), { cwd, env })) };
}

function leaksIn({ line, stdout, stderr }: ProcessResult): Leak[] {
  return [
    ...searchBytes(`stdout of ${line}: ${around(stdout)}`, stdout, needles),
    ...searchBytes(`stderr of ${line}: ${around(stderr)}`, stderr, needles),
  ];
}

/** What stands around a find, so that a failure tells where to look. */
function around(text: string): string {
  const at = text.indexOf(canaryPrefix);
  return at === -1 ? '' : text.slice(Math.max(0, at - 80), at + 60);
}

/** Two at a time: that is what small machines have. */
async function runAll(runs: readonly (() => Promise<ProcessResult>)[]): Promise<ProcessResult[]> {
  const waiting = [...runs.entries()];
  const results: ProcessResult[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, start] = next;
      results[at] = await start();
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

test('what a person runs prints no secret', { timeout: 120_000 }, async () => {
  const { clone } = world;
  const first = [
    await run('look . --out page.html'),
    await run('init --yes', clone, true),
    await run('sync', clone, true),
  ];
  const reading = [
    `metrics ${day}`,
    `metrics throughput --explain ${day}`,
    'status',
    'people',
    'forecast --items 5',
    `ai-impact ${day}`,
    'sprints',
  ];
  const more = [`look . ${day} --out page.html`, 'sync', 'doctor', 'export dump.jsonl --force'];
  const second = await runAll([
    ...[...reading, ...more].map((line) => () => run(`${line} --json`, clone, true)),
    ...[...reading, 'doctor'].map((line) => () => run(line)),
    () => run('export'),
    ...['claude', 'cursor', 'vscode'].map((name) => () => say(`mcp install --client ${name}`)),
    () => say('mcp install --client claude --print --json'),
  ]);
  const results = [...first, ...second];
  expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  expect(results.flatMap(leaksIn)).toEqual([]);
});

test('every tool and resource of the server answers without a secret', async () => {
  const { env, clone } = world;
  const [, ...args] = [process.execPath, ...commandLine, 'mcp'];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args,
    cwd: clone,
    env: {
      ...env,
      ADJUTANT_DEBUG: '1',
      ADJUTANT_TRUSTED_CONFIG: join(clone, 'adjutant.config.yaml'),
    },
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const client = new Client({ name: 'a-test-client', version: '1.0.0' });
  await client.connect(transport);
  const answers: unknown[] = [];
  const { tools } = await client.listTools();
  for (const { name } of tools) {
    const answer = await client.callTool({ name, arguments: toolInputs[name] ?? {} });
    expect({ name, isError: answer.isError ?? false, text: JSON.stringify(answer) }).toMatchObject({
      isError: notThere.has(name),
    });
    answers.push(answer);
  }
  const { resources } = await client.listResources();
  for (const { uri } of resources) answers.push(await client.readResource({ uri }));
  await client.close();
  expect(tools.length).toBeGreaterThanOrEqual(7);
  expect(resources.length).toBeGreaterThan(0);
  const stdout = JSON.stringify([tools, resources, answers]);
  expect(stdout).toContain('acme/api');
  expect(leaksIn({ line: 'mcp', exitCode: 0, stdout, stderr })).toEqual([]);
});

const window = { from: '2026-07-01', to: '2026-10-02' };
const toolInputs: Record<string, Record<string, unknown>> = {
  forecast_delivery: { items: 5 },
  list_work: { kind: 'pull_request', state: 'merged' },
  // Not there: the error is an answer too.
  get_work: { id: 'w_000000' },
  get_metric: { metric_id: 'throughput', explain: true, ...window },
  compare_metric: {
    metric_id: 'throughput',
    before_from: '2026-07-01',
    before_to: '2026-08-15',
    after_from: '2026-08-15',
    after_to: '2026-10-02',
  },
  get_sync_status: { refresh: true },
  search_knowledge: { query: 'retries of the gateway' },
  submit_report: { did: 'Reviewed the retries' },
  propose_action: {
    type: 'note.draft',
    payload: { title: 'Retro', body: 'Ask about reviews' },
    idempotency_key: 'retro-note-1',
  },
  await_approval: { action_id: 'a_000000', max_wait_s: 0 },
  withdraw_action: { action_id: 'a_000000' },
};
const notThere: ReadonlySet<string> = new Set(['get_work', 'await_approval', 'withdraw_action']);

test('what goes wrong is told without the secret that was in it', {
  timeout: 120_000,
}, async () => {
  const secretUrl = `https://ada:${canary('Typed')}@github.com/acme/api.git`;
  const typed = [
    `look --token=${canary('Flag')}`,
    `look --token ${canary('Flag')}`,
    `look ${secretUrl}`,
    `look . --out /nowhere/${canary('GithubToken')}/page.html`,
    `status --config ${secretUrl}`,
    `sync --every ${canary('GithubToken')}`,
    `mcp install --client ${canary('GithubToken')}`,
    `metrics ${canary('GithubToken')}`,
    canary('GithubToken'),
  ];
  const configs: Record<string, string> = {
    credential: `store: "libsql://ada:${canary('Url')}@store.example"\n`,
    query: `store: "https://store.example/?authToken=${canary('Query')}"\n`,
    scheme: `store: "mysql://ada:${canary('Scheme')}@store.example/x"\n`,
    reference: 'store: ${COMPANY_LOGIN}://x\n',
    unreachable: 'store: "http://127.0.0.1:9"\n',
    token: `token: ${canary('Key')}\n`,
    nested: `connectors: { git: { repositories: [.], token: ${canary('Key')} } }\n`,
    repository: `connectors: { git: { repositories: ["${secretUrl}"] } }\n`,
    type: `connectors: ${canary('Type')}\n`,
    since: `connectors: { git: { repositories: [.], since: ${canary('Since')} } }\n`,
    account: `people: [{ name: Ada, accounts: ["${canary('Account')}"] }]\n`,
    broken: `store: "${canary('Broken')}\n`,
    alias: `store: *${canary('Alias')}\n`,
    control: `store: "\\x00${canary('Control')}"\n`,
  };
  const folders = Object.entries(configs).map(([name, text]) =>
    world.plant(`bad-${name}`, 'adjutant.config.yaml', text),
  );
  const corrupt = join(world.folder, 'corrupt');
  mkdirSync(corrupt);
  writeFileSync(join(corrupt, 'adjutant.config.yaml'), 'store: file:broken.db\n');
  world.plant('corrupt', 'broken.db', `${canary('Garbage')} is no database.`.repeat(400));
  const results = await runAll([
    ...typed.map((line) => () => say(line)),
    ...folders.map((folder) => () => say('sync --json', folder)),
    () => say('status --config .'),
    () => run(typed[0] ?? '', world.clone, true),
    () => run('sync', folders[0], true),
    () => run('status', corrupt, true),
  ]);
  const install = await say('mcp install --client claude --json', folders[0]);
  expect([...results, install].flatMap(leaksIn)).toEqual([]);
  expect(results.filter(({ exitCode }) => exitCode === 0).map(({ line }) => line)).toEqual([]);
});

test('git is given no secret, and no file holds one that was not put there', () => {
  const trace = readFileSync(world.gitTrace, 'utf8');
  expect(trace.split('== call').length).toBeGreaterThan(10);
  expect(trace).toContain('GIT_TERMINAL_PROMPT=0');
  expect(readFileSync(join(world.clone, 'page.html'), 'utf8')).toContain('acme/api');
  expect(readFileSync(join(world.clone, 'dump.jsonl'), 'utf8')).toContain('acme/api');
  // What was planted is found, else the search would prove nothing.
  const planted = join(world.clone, '.git', 'config');
  expect(searchBytes('config', readFileSync(planted), needles)).toHaveLength(1);
  const { files, leaks } = searchFolder(world.folder, needles, (path) => world.planted.has(path));
  expect(leaks).toEqual([]);
  expect(files).toBeGreaterThan(20);
});
