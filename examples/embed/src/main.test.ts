import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');
// Throughput counts whole weeks, and the example asks for the last ninety days of the real clock.
const aFortnightAgo = new Date(Date.now() - 14 * 86_400_000).toISOString();
let clone: string;

function run(program: string, parameters: readonly string[]): string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: aFortnightAgo,
    GIT_COMMITTER_DATE: aFortnightAgo,
  };
  return execFileSync(program, parameters, { cwd: clone, encoding: 'utf8', env });
}

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'adjutant-embed-'));
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const silent = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
  run('git', ['init', '-q', '-b', 'main']);
  for (const number of [1, 2, 3]) {
    const message = `Add part ${number} (#${number})`;
    run('git', [...identity, ...silent, 'commit', '-q', '--allow-empty', '-m', message]);
  }
});

afterAll(() => {
  rmSync(clone, { recursive: true, force: true });
});

test('the ten lines print the merges of the clone they run in', () => {
  const printed = run(process.execPath, ['--conditions=@adjutant/source', main]);
  expect(printed).toContain("metricId: 'throughput'");
  expect(printed).toMatch(/sampleSize: 3\b/);
});

test('the example is ten lines', () => {
  expect(readFileSync(main, 'utf8').trimEnd().split('\n')).toHaveLength(10);
});
