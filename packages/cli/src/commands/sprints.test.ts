import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant, type DomainRows } from '@adjutant/core';
import type { WorkItem, WorkItemChange } from '@adjutant/core/domain';
import {
  buildSprint,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const source = 'tracker';
const utc = (day: number, hour = 10) => Date.UTC(2026, 8, day, hour);
const clock = createFakeClock(utc(30));
const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

const sprintRow = (externalId: string, from: number, to: number) =>
  buildSprint({
    source,
    externalId,
    name: `Sprint ${externalId}`,
    state: 'closed',
    startedAt: utc(from),
    plannedEndAt: utc(to),
    completedAt: utc(to),
  });

/** One record: an item and its changes, each told as `field from to day`. */
function item(
  key: string,
  fields: Partial<WorkItem>,
  ...changes: [field: string, from: string | null, to: string | null, day: number][]
): DomainRows {
  const row = { source, externalId: `id-${key}`, key, title: `Widget ${key}`, createdAt: utc(1) };
  return {
    workItems: [
      buildWorkItem({ ...row, sprintExternalId: '7', originalStatus: 'Open', ...fields }),
    ],
    workItemChanges: changes.map(
      ([field, fromValue, toValue, day], position): WorkItemChange => ({
        source,
        externalId: `${key}-${position}`,
        workItemExternalId: row.externalId,
        field,
        fromValue,
        toValue,
        actorAccountExternalId: null,
        at: utc(day),
      }),
    ),
  };
}

const done = { statusCategory: 'done', originalStatus: 'Done' } as const;
const finished = (day: number) => ['status', 'Open', 'Done', day] as const;

/** The golden example G6, as a source shows it afterwards. */
const golden: Record<string, DomainRows> = {
  sprints: { sprints: [sprintRow('7', 7, 18)] },
  A: item('A', { ...done, points: 5 }, [...finished(15)]),
  B: item('B', { points: 3, sprintExternalId: '8' }, ['sprint', '7', '7,8', 18]),
  C: item('C', { ...done, points: 13 }, ['points', '8', '13', 10], [...finished(15)]),
  D: item('D', { ...done, points: 2 }, ['sprint', null, '7', 9], [...finished(15)]),
  E: item('E', { points: 3, sprintExternalId: null }, ['sprint', '7', null, 11]),
  F: item('F', { ...done, points: 5 }, [...finished(4)]),
  G: item('G', { ...done, points: null }, [...finished(15)]),
};

async function storeOf(cwd: string, records: Record<string, DomainRows>) {
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    connectors: [createRowsConnector({ id: source, records: () => records })],
    metrics: allMetrics,
    clock,
  });
  await adjutant.sync();
  return adjutant;
}

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
});
const run = (line: string) => runCli(line.split(' '), { cwd, clock });

test('G6 comes out of the store as it stands in the definition', async () => {
  const adjutant = await storeOf(cwd, golden);
  const handle = adjutant.workspace().as(await adjutant.owner());
  const [sprint] = (await handle.sprints.list()).items;
  const report = await handle.sprints.report(sprint?.id ?? '');
  await adjutant.close();
  const rounded = (share: number | null) => Math.round((share ?? Number.NaN) * 1000) / 10;
  expect(report.commitment).toEqual({ items: 5, points: 19, unestimated: 1 });
  expect(report.velocity).toEqual({ items: 4, points: 20, unestimated: 1 });
  expect(rounded(report.reliability.points)).toBe(68.4);
  expect(rounded(report.reliability.items)).toBe(60);
  expect(rounded(report.addedShare.points)).toBe(10.5);
  expect(rounded(report.removedShare.points)).toBe(15.8);
  expect(rounded(report.reEstimatedShare.points)).toBe(26.3);
  expect(rounded(report.netChangeShare.points)).toBe(21.1);
  expect(rounded(report.carryOverShare.points)).toBe(15.8);
  expect(rounded(report.carryOverShare.items)).toBe(20);
  expect(report.items.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual([
    'A completed',
    'B carried_over',
    'C completed',
    'D completed',
    'E removed',
    'F done_before',
    'G completed',
  ]);
});

test('a sprint is told by its name, with what was planned and done', async () => {
  await (await storeOf(cwd, golden)).close();
  const { stdout, exitCode } = await runCli(['sprints', 'sprint 7'], { cwd, clock });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Sprint 7\n2026-09-07 to 2026-09-18\. /);
  expect(stdout).toMatch(/planned at the start +5 +19\n/);
  expect(stdout).toMatch(/completed \(reliability\) +3 +60 % +13 +68\.4 %\n/);
  expect(stdout).toMatch(/all completed \(velocity\) +4 +80 % +20 +105\.3 %\n/);
  expect(stdout).toMatch(/net change of scope +0 % +21\.1 %\n/);
  expect(stdout).toMatch(/C +Widget C +planned +completed +8 → 13\n/);
  expect(stdout).toContain('1 of 5 planned items had no estimate');
});

test('one JSON document holds the whole report', async () => {
  await (await storeOf(cwd, golden)).close();
  const { stdout } = await run('sprints 7 --json');
  expect(JSON.parse(stdout)).toMatchObject({
    sprint: { name: 'Sprint 7', state: 'closed' },
    progress: 'final',
    commitment: { items: 5, points: 19 },
    definitionVersion: 1,
    items: expect.arrayContaining([expect.objectContaining({ key: 'E', outcome: 'removed' })]),
  });
});

test('the list refuses an advice from one sprint, and gives the median of three', async () => {
  await (await storeOf(cwd, golden)).close();
  const before = await run('sprints');
  expect(before.stdout).toMatch(/Sprint 7 +closed +2026-09-07 +2026-09-18 +20 points/);
  expect(before.stdout).toContain('No advice: insufficient history.');
  const records = {
    ...golden,
    sprints: { sprints: [sprintRow('7', 7, 18), sprintRow('8', 21, 25), sprintRow('9', 26, 29)] },
    H: item('H', { ...done, points: 8, sprintExternalId: '8' }, [...finished(24)]),
    I: item('I', { ...done, points: 13, sprintExternalId: '9' }, [...finished(28)]),
  };
  await (await storeOf(cwd, records)).close();
  const { stdout } = await run('sprints');
  expect(stdout).toContain('13 points per sprint (8 to 20, n 3)');
  expect(stdout).toContain('Take on at most 13 points, or 1 item.');
  expect((await run('sprints --last 2')).stdout).toContain('No advice: insufficient history.');
});

test('what names no sprint, or too many, says what to do', async () => {
  const records = {
    ...golden,
    sprints: { sprints: [sprintRow('7', 7, 18), { ...sprintRow('8', 21, 25), name: 'Sprint 7' }] },
  };
  await (await storeOf(cwd, records)).close();
  const none = await run('sprints Nowhere');
  expect([none.exitCode === 0, none.stderr]).toEqual([
    false,
    expect.stringContaining('"adjutant sprints" lists them'),
  ]);
  const several = await runCli(['sprints', 'Sprint 7'], { cwd, clock });
  expect(several.exitCode).not.toBe(0);
  expect(several.stderr).toContain('2 sprints are "Sprint 7"');
  expect((await run('sprints --last 0')).stderr).toContain('a whole number from 1 to 50');
});

test('without a sprint the list says so', async () => {
  await (await storeOf(cwd, {})).close();
  expect((await run('sprints')).stdout).toContain('No source shows a sprint.');
});

test('a source without a changelog gives a velocity, and says of the plan that it is unknown', async () => {
  const doneAt = utc(10);
  const records = {
    sprints: { sprints: [sprintRow('7', 7, 18)] },
    A: item('A', { ...done, points: 5, doneAt }),
    B: item('B', { points: 3 }),
  };
  await (await storeOf(cwd, records)).close();
  const { stdout } = await run('sprints 7');
  expect(stdout).toMatch(/planned at the start +unknown +unknown\n/);
  expect(stdout).toMatch(/all completed \(velocity\) +1 +unknown +5 +unknown\n/);
  expect(stdout).toContain('The source records no changes');
});

test('names and titles from outside are shown without control characters, within 80 columns', async () => {
  const wild = `\u001b[31m${'Very long '.repeat(30)}`;
  const records = {
    ...golden,
    sprints: { sprints: [{ ...sprintRow('7', 7, 18), name: wild }] },
    A: item('A', { ...done, points: 5, title: wild }, [...finished(15)]),
  };
  await (await storeOf(cwd, records)).close();
  for (const line of ['sprints', 'sprints 7']) {
    const options = { cwd, clock, isTty: true, env: { NO_COLOR: '1' } };
    const { stdout } = await runCli(line.split(' '), options);
    expect(stdout).toContain('Very long');
    expect(stdout).not.toContain('\u001b');
    expect(stdout.split('\n').filter((shown) => shown.length > 80)).toEqual([]);
  }
});
