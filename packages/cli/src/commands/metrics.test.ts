import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import { beforeAll, expect, test } from 'vitest';
import { makeClone, testNow } from '../testing/make-clone.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const clock: Clock = {
  now: () => testNow,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
let clone: string;
const removals: (() => void)[] = [];

beforeAll(async () => {
  clone = makeClone(
    join(
      temporaryFolder((remove) => removals.push(remove)),
      'api',
    ),
    40,
  );
  writeFileSync(
    join(clone, 'adjutant.config.yaml'),
    'connectors: { git: { repositories: [.] } }\n',
  );
  await run('sync');
  return () => removals.forEach((remove) => remove());
});

function run(line: string) {
  return runCli(line.split(' '), { cwd: clone, clock });
}

test('a window of days lies in the zone that is asked for', async () => {
  const days = '--from 2026-09-07 --to 2026-09-21 --time-zone Europe/Berlin';
  const { exitCode, stdout } = await run(`metrics throughput ${days} --json`);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    window: { from: Date.UTC(2026, 8, 6, 22), to: Date.UTC(2026, 8, 20, 22) },
    timeZone: 'Europe/Berlin',
  });
});

test('what is filtered stands in the answer, and an explanation says what was left out', async () => {
  const { exitCode, stdout } = await run(
    'metrics throughput --authors service_bots --explain --json',
  );
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    total: 0,
    value: { filter: { authors: ['service_bots'] }, sampleSize: 0 },
    excluded: [{ reason: 'written_by_people', count: 30 }],
  });
  const text = await run('metrics throughput --authors service_bots --explain');
  expect(text.stdout).toContain('Left out: 30 written by people.');
});

test('labels and types are given one by one, and only where the rows have them', async () => {
  const typed = await run('metrics throughput --work-type bug --work-type revert --json');
  expect(JSON.parse(typed.stdout)).toMatchObject({ filter: { workTypes: ['bug', 'revert'] } });
  const labelled = await run('metrics throughput --label Bug --label urgent --json');
  expect(JSON.parse(labelled.stdout)).toMatchObject({
    filter: { labels: ['bug', 'urgent'] },
    value: null,
    caveats: expect.arrayContaining([expect.stringContaining('no source shows labels')]),
  });
  const refused = await run('metrics deployment_frequency --label bug');
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toContain('It can be filtered by: service.');
});

test('the list leaves unknown what cannot be filtered', async () => {
  const { exitCode, stdout } = await run('metrics --authors people --json');
  expect(exitCode).toBe(0);
  const { metrics } = JSON.parse(stdout) as {
    metrics: { metricId: string; value: number | null; caveats: string[] }[];
  };
  const deployments = metrics.find(({ metricId }) => metricId === 'deployment_frequency');
  expect(deployments).toMatchObject({ value: null });
  expect(deployments?.caveats[0]).toContain('cannot be filtered by it');
  expect(metrics.find(({ metricId }) => metricId === 'throughput')?.value).not.toBeNull();
});

test.each([
  ['metrics throughput --days 30 --from 2026-09-07 --to 2026-09-21', 'give --days, or --from'],
  ['metrics throughput --from 2026-09-07', 'needs both from and to'],
  ['metrics throughput --authors robots', 'write one or more of people'],
  ['metrics throughput --work-type chore', 'write one of issue'],
  ['metrics throughput --service shop', 'There is no service of that key here.'],
  ['metrics throughput --team nobody', 'There is no team of that key.'],
  ['metrics throughput --time-zone Middle/Earth', 'no time zone'],
  ['metrics throughput --label bug --service api', 'cannot be asked for together with a service'],
])('%s is refused', async (line, reason) => {
  const { exitCode, stderr } = await run(line);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain(reason);
});
