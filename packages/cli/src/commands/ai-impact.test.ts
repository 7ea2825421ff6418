import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import { aiAdoptionSchema, aiImpactComparisonSchema } from '@adjutant/core/domain';
import { terminalWidth } from '@adjutant/insights';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeClone, testNow } from '../testing/make-clone.ts';
import { type RunOptions, runCli, temporaryFolder } from '../testing/run-cli.ts';

const clock: Clock = {
  now: () => testNow,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
const config = 'connectors: { git: { repositories: [.] } }\n';
let clone: string;
const removals: (() => void)[] = [];

beforeAll(async () => {
  const folder = temporaryFolder((remove) => removals.push(remove));
  clone = makeClone(join(folder, 'api'), 40);
  writeFileSync(join(clone, 'adjutant.config.yaml'), config);
  await run('sync');
  return () => removals.forEach((remove) => remove());
});

function run(line: string, options: Partial<RunOptions> = {}) {
  return runCli(line.split(' '), { cwd: clone, clock, ...options });
}

test('a small team is told in plain words that the data do not suffice, with what was merged', async () => {
  const { exitCode, stdout, stderr } = await run('ai-impact');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(
    /Insufficient data: \d+ pull requests were merged, by fewer than 5\s+people/,
  );
  expect(stdout).toMatch(/merged +\d+\n +assisted +not told/);
  expect(stdout).not.toMatch(/\bNaN|undefined|null\b/);
  expect(stdout.split('\n').filter((text) => terminalWidth(text) > 80)).toEqual([]);
});

test('as JSON, everything that the SDK answers, whole weeks that add up', async () => {
  const { stdout } = await run('ai-impact --json --days 60 --repository api');
  const answer = JSON.parse(stdout) as Record<'comparison' | 'adoption', unknown>;
  const comparison = aiImpactComparisonSchema.parse(answer.comparison);
  const adoption = aiAdoptionSchema.parse(answer.adoption);
  expect(comparison).toMatchObject({ status: 'insufficient_data', speed: null });
  const merged = adoption.weeks.reduce((sum, week) => sum + week.merged, 0);
  expect(merged).toBe(comparison.coverage.merged);
  expect(merged).toBeGreaterThan(10);
});

test('before the first sync nothing was merged', async () => {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), config);
  const { exitCode, stdout } = await run('ai-impact', { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Insufficient data: no merged pull request is known in these weeks');
  expect(stdout).toMatch(/merged +unknown/);
});

test.each([
  ['ai-impact --days many', 'whole number of days'],
  ['ai-impact --repository nowhere', 'no repository of that name'],
])('%s is refused', async (line, words) => {
  const { exitCode, stderr } = await run(line);
  expect(stderr).toContain(words);
  expect(exitCode).toBe(2);
});
