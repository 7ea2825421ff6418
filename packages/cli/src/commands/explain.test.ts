import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import type { Deployment } from '@adjutant/core/domain';
import { buildDeployment, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const source = 'forge';
const utc = (day: number, hour = 10) => Date.UTC(2026, 8, day, hour);
const clock = createFakeClock(utc(30));
const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

const deployed = (number: number, finishedAt: number): Deployment =>
  buildDeployment({
    source,
    externalId: `d-${number}`,
    repositoryExternalId: 'widgets',
    sha: `sha-${number}`,
    finishedAt,
  });
const early = [deployed(1, utc(8)), deployed(2, utc(15)), deployed(3, utc(22))];

async function read(cwd: string, deployments: readonly Deployment[]) {
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    connectors: [
      createRowsConnector({
        id: source,
        scope: { externalId: 'widgets', name: 'widgets', detail: {} },
        records: () =>
          Object.fromEntries(deployments.map((one) => [one.externalId, { deployments: [one] }])),
      }),
    ],
    metrics: allMetrics,
    clock,
  });
  await adjutant.sync();
  await adjutant.close();
}

let cwd: string;
beforeEach(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  await read(cwd, early);
});
const run = (line: string) => runCli(line.split(' '), { cwd, clock });
const metric = 'metrics deployment_frequency --days 28';
const citedSchema = z.object({ citationId: z.string(), value: z.number().nullable() });

test('a figure is cited, found the same, and after a late row changed', async () => {
  const { citationId } = citedSchema.parse(JSON.parse((await run(`${metric} --json`)).stdout));
  expect((await run(metric)).stdout).toContain(`adjutant explain ${citationId}`);
  const same = await run(`explain ${citationId}`);
  expect(same.exitCode).toBe(0);
  expect(same.stdout).toMatch(new RegExp(`${citationId}: The same`));
  await read(cwd, [...early, deployed(4, utc(16))]);
  const changed = await run(`explain ${citationId}`);
  expect(changed.stdout).toContain(': Changed');
  expect(changed.stdout).toContain('1 row more');
  expect(changed.stdout).toMatch(/more +sha-4/);
  const document = JSON.parse((await run(`explain ${citationId} --json`)).stdout);
  expect(document).toMatchObject({ verdict: 'changed', cited: { sampleSize: 3 }, total: 4 });
});

test('an unknown id says where ids stand', async () => {
  const { exitCode, stderr } = await run('explain mabcdefghijk');
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('no citation of that id');
  expect(stderr).toContain('400 days');
});

test('all figures as CSV: an absent stream is empty and never 0', async () => {
  const { stdout, exitCode } = await run('metrics --format csv --days 28');
  expect(exitCode).toBe(0);
  const lines = stdout.split('\r\n');
  expect(lines[0]).toMatch(/^metric_id,definition_version,unit,window_from/);
  const fail = lines.find((text) => text.startsWith('change_fail_rate,')) ?? '';
  expect(fail.split(',').slice(5, 14)).toEqual(['', '', '', '', '', '0', '', '', ''].map(String));
  const frequency = lines.find((text) => text.startsWith('deployment_frequency,')) ?? '';
  expect(Number(frequency.split(',')[9])).toBeGreaterThan(0);
});

test('one figure by week as JSON lines in a file that only its owner reads', async () => {
  const line = `${metric} --format jsonl --series --out weeks.jsonl`;
  const { stdout } = await run(line);
  expect(stdout).toContain('weeks.jsonl');
  const path = join(cwd, 'weeks.jsonl');
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n');
  const parsed = rows.map((row) =>
    z.looseObject({ value: z.number().nullable() }).parse(JSON.parse(row)),
  );
  expect(parsed.filter((row) => row['point_start'] !== null).length).toBe(3);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const again = await run(line);
  expect(again.exitCode).not.toBe(0);
  expect(again.stderr).toContain('--force');
  expect((await run(`${line} --force`)).exitCode).toBe(0);
});

test('a table and one JSON document exclude each other', async () => {
  const { exitCode, stderr } = await run(`${metric} --format csv --json`);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('--out');
  expect((await run(`${metric} --out x.csv`)).stderr).toContain('--format');
  expect((await run(`${metric} --explain --format csv`)).stderr).toContain('ask for one of');
});

test('two windows beside each other: no change is claimed where none can be told', async () => {
  const { stdout, exitCode } = await run(`${metric} --compare`);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('whether it changed cannot be told');
  expect(stdout).toMatch(/before +unknown +0 +2026-08-05 to 2026-09-02/);
  expect(stdout).toMatch(/after +[\d.]+ \/ day +3 +2026-09-02 to 2026-09-30/);
  expect(JSON.parse((await run(`${metric} --compare --json`)).stdout)).toMatchObject({
    after: { citationId: expect.stringMatching(/^m/) },
  });
});

test('as many in both windows is no detectable change', async () => {
  const daily = Array.from({ length: 56 }, (_, day) =>
    deployed(100 + day, utc(30) - (day + 1) * 86_400_000),
  );
  await read(cwd, daily);
  const { stdout } = await run(`${metric} --compare`);
  expect(stdout).toContain('no detectable change');
  expect(stdout).toMatch(/Difference .*, in 95 of 100 cases from .* to /);
});
