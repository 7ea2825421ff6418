import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const file = join(import.meta.dirname, 'weekend-deployment-share.ts');
const command = join(import.meta.dirname, '../../../packages/cli/src/bin.ts');
// A Saturday and the Monday after it, lately enough for the last ninety days of the real clock.
const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs) * dayMs;
const saturday = today - (((new Date(today).getUTCDay() + 1) % 7) + 14) * dayMs + dayMs / 2;
let clone: string;

function run(program: string, parameters: readonly string[], more: Record<string, string> = {}) {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    XDG_DATA_HOME: `${clone}.data`,
    ...more,
  };
  return execFileSync(program, parameters, { cwd: clone, encoding: 'utf8', env });
}

function adjutant(...parameters: string[]): string {
  const start = ['--conditions=@adjutant/source', command];
  return run(process.execPath, [...start, ...parameters], { ADJUTANT_METRICS: file });
}

/** What a script does with the digest that a person has read; without one nothing is trusted. */
function trustWhatIsShown(): void {
  const start = ['--conditions=@adjutant/source', command, 'trust'];
  const env = { ...process.env, XDG_DATA_HOME: `${clone}.data` };
  const shown = spawnSync(process.execPath, [...start, '--json'], { cwd: clone, env });
  const digest = /"digest":\s*"([0-9a-f]+)"/.exec(shown.stdout.toString())?.[1] ?? '';
  adjutant('trust', '--digest', digest);
}

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'adjutant-own-metric-'));
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const silent = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
  run('git', ['init', '-q', '-b', 'main']);
  for (const [position, at] of [saturday, saturday + 2 * dayMs].entries()) {
    const date = new Date(at).toISOString();
    const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const message = `Add part ${position} (#${position + 1})`;
    run('git', [...identity, ...silent, 'commit', '-q', '--allow-empty', '-m', message], dates);
    run('git', ['tag', `v${position}`], dates);
  }
  writeFileSync(
    join(clone, 'adjutant.config.yaml'),
    "connectors: { git: { repositories: [.], deployments: { tags: 'v*' } } }\n",
  );
  trustWhatIsShown();
});

afterAll(() => {
  for (const each of [clone, `${clone}.data`]) rmSync(each, { recursive: true, force: true });
});

test('a program of one’s own computes it', () => {
  const main = join(import.meta.dirname, 'main.ts');
  const printed = run(process.execPath, ['--conditions=@adjutant/source', main]);
  expect(printed).toContain("metricId: 'weekend_deployment_share'");
  expect(printed).toMatch(/\bvalue: 0\.5\b/);
});

test('the command lists it and computes it, without another line of code', () => {
  adjutant('sync');
  expect(adjutant('metrics')).toContain('weekend_deployment_share');
  const answer: unknown = JSON.parse(adjutant('metrics', 'weekend_deployment_share', '--json'));
  expect(answer).toMatchObject({ value: 0.5, sampleSize: 2 });
});

test('an assistant’s server lists it', () => {
  const requests = [
    {
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      },
    },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: 'get_metric', arguments: {} } },
  ];
  const input = requests
    .map((request) => JSON.stringify({ jsonrpc: '2.0', ...request }))
    .join('\n');
  const answered = execFileSync(
    process.execPath,
    ['--conditions=@adjutant/source', command, 'mcp'],
    {
      cwd: clone,
      input: `${input}\n`,
      encoding: 'utf8',
      env: { ...process.env, XDG_DATA_HOME: `${clone}.data`, ADJUTANT_METRICS: file },
    },
  );
  expect(answered).toContain('weekend_deployment_share');
});
