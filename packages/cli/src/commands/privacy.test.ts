import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock, createPeopleWorld } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

const { now, periods, connector } = createPeopleWorld(4);
const window = { from: periods[0] ?? 0, to: periods[2] ?? 0 };
let cwd: string;

/** A workspace of four people, in which an assistant and its person asked what they are not told. */
beforeEach(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const clock = createFakeClock(now);
  const store = join(cwd, 'store.db');
  const adjutant = await createAdjutant({
    store,
    connectors: [connector],
    metrics: allMetrics,
    clock,
  });
  await adjutant.sync();
  const owner = await adjutant.owner();
  const sponsorPersonId = owner.kind === 'person' ? owner.personId : '';
  const viewers = [owner, { kind: 'agent' as const, name: 'test', sponsorPersonId }];
  for (const viewer of viewers) {
    const handle = adjutant.workspace().as(viewer);
    for (let times = 0; times < 3; times += 1) {
      await handle.metric({ metricId: 'throughput', window, filter: { labels: ['solo'] } });
    }
  }
  await adjutant.close();
});

const run = (line: string, options = {}) => runCli(line.split(' '), { cwd, ...options });

test('the report is told as text, as Markdown and as JSON, and names nobody', async () => {
  const text = await run('privacy report', { isTty: true, columns: 120 });
  expect(text.exitCode).toBe(0);
  expect(text.stdout).toContain('6 × figures on people: fewer than five people');
  expect(text.stdout).toMatch(/own view +see +yes +– +– +– +– +–/);
  expect((await run('privacy')).stdout).toContain('Who sees what');
  const markdown = await run('privacy report --format markdown');
  expect(markdown.stdout).toMatch(/^# Privacy report\n/);
  const json = z
    .object({ dataMap: z.array(z.object({ table: z.string(), rows: z.number().nullable() })) })
    .parse(JSON.parse((await run('privacy report --json')).stdout));
  expect(json.dataMap.find(({ table }) => table === 'accounts')?.rows).toBeNull();
  for (const { stdout } of [text, markdown]) expect(stdout).not.toContain('person-1');
});

test('the report is written for its owner only, and over nothing unless forced', async () => {
  const line = 'privacy report --format markdown --out report.md';
  expect((await run(line)).exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'report.md'), 'utf8')).toMatch(/^# Privacy report\n/);
  expect(statSync(join(cwd, 'report.md')).mode & 0o777).toBe(0o600);
  expect((await run(line)).exitCode).toBe(2);
  expect((await run(`${line} --force`)).exitCode).toBe(0);
  const withoutFormat = await run('privacy report --out report.md');
  expect(withoutFormat).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--format markdown'),
  });
});

test('refusals say who asked what kind of question, why and when, and not what', async () => {
  const { stdout, exitCode } = await run('privacy refusals', { isTty: true, columns: 200 });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('an assistant of Owner');
  expect(stdout).toContain('figures on people');
  expect(stdout).not.toContain('solo');
  const page = z
    .object({ items: z.array(z.object({ times: z.number() })), total: z.number() })
    .parse(JSON.parse((await run('privacy refusals --json --limit 3')).stdout));
  expect(page.items).toHaveLength(3);
  expect(page.total).toBe(4);
  expect((await run('audit verify')).exitCode).toBe(0);
  expect((await run('privacy refusals --limit 0')).exitCode).toBe(2);
});

test('whoever looks at all figures has asked nothing about people', async () => {
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: other.db\n');
  expect((await run('metrics')).exitCode).toBe(0);
  expect((await run('privacy refusals')).stdout).toBe('No question about people was refused.\n');
});

test('where nothing was refused it says so', async () => {
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: other.db\n');
  expect((await run('privacy refusals')).stdout).toBe('No question about people was refused.\n');
  expect((await run('privacy report')).stdout).toContain('none so far');
});
