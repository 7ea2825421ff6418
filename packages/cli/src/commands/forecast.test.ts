import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import { forecastSchema } from '@adjutant/core/domain';
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
  // A merge every third day up to 2026-09-28; it is 2026-10-01.
  clone = makeClone(
    join(
      temporaryFolder((remove) => removals.push(remove)),
      'api',
    ),
    40,
  );
  writeFileSync(join(clone, 'adjutant.config.yaml'), config);
  await run('sync');
  return () => removals.forEach((remove) => remove());
});

function run(line: string, options: Partial<RunOptions> = {}) {
  return runCli(line.split(' '), { cwd: clone, clock, ...options });
}

test('answers how many by a day, and when so many, with the days drawn from', async () => {
  const { exitCode, stdout, stderr } = await run('forecast --items 10 --until 2026-10-30');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('forecast from 2026-10-02 on');
  expect(stdout).toMatch(/Until the end of 2026-10-30, 29 days:\n +50 % +at least \d+\n/);
  expect(stdout).toMatch(/The next 10:\n +50 % +by 2026-\d\d-\d\d +\d+ days\n/);
  expect(stdout).toContain('Drawn from 90 days (2026-07-03 to 2026-09-30): 30 merged, 60 of');
  expect(stdout).toMatch(/Backtest: the 85 % forecast of 28 days held on \d+ of \d+ past Mondays/);
  expect(stdout.split('\n').filter((text) => terminalWidth(text) > 80)).toEqual([]);
});

test('answers only what was asked', async () => {
  const many = await run('forecast --until 2026-10-30');
  expect(many.stdout).not.toContain('The next');
  const when = await run('forecast --items 3');
  expect(when.stdout).not.toContain('Until the end');
});

test('as JSON, everything that the SDK answers', async () => {
  const { stdout } = await run('forecast --items 10 --json --days 60 --repository api');
  const answer: unknown = JSON.parse(stdout);
  const told = forecastSchema.parse(answer);
  expect(told).toMatchObject({
    history: { days: 60, items: 20 },
    howMany: null,
    whenDone: { items: 10 },
  });
  expect(answer).toMatchObject({ gaps: expect.any(Array), meta: { asOf: testNow } });
});

test('too little history is told, and no figure', async () => {
  const { exitCode, stdout } = await run('forecast --items 10 --until 2026-10-30 --days 20');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Unknown. Insufficient history: 20 full days known');
  expect(stdout).not.toContain('at least');
  expect(stdout.match(/Insufficient history/g)).toHaveLength(1);
});

test('before the first sync nothing is known', async () => {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), config);
  const { exitCode, stdout } = await run('forecast --items 10', { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Unknown. Insufficient history: 0 full days');
  expect(stdout).toContain('Drawn from no day');
});

test.each([
  ['forecast', 'say how many with --items'],
  ['forecast --items 0', 'whole number from 1'],
  ['forecast --items many', 'whole number from 1'],
  ['forecast --until christmas', 'write a day such as'],
  ['forecast --until 2026-10-01', 'must lie after today'],
  ['forecast --until 2031-01-01', '365 days ahead at most'],
  ['forecast --items 3 --days 0', 'whole number of days'],
  ['forecast --items 3 --repository nope', 'no repository of that name'],
])('"%s" is refused and says what to do', async (line, why) => {
  const { exitCode, stdout, stderr } = await run(line);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(why);
});
