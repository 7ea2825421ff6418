import { createAdjutant, type DomainRows } from '@adjutant/core';
import {
  buildPullRequest,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { allMetrics } from './index.ts';

const clock = createFakeClock(utc('2026-10-05'));
const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };
const source = 'tracker';
const categories = {
  Backlog: 'to_do',
  'In Progress': 'in_progress',
  Review: 'in_progress',
  Done: 'done',
} as const;
type Status = keyof typeof categories;
type Path = readonly (readonly [status: Status, at: string])[];

/** An item and its changelog, as a tracker delivers them: it was created in the first status. */
function itemOf(key: string, path: Path): DomainRows {
  const last = path.at(-1)?.[0] ?? 'Backlog';
  const firstIn = (category: string) =>
    path.find(([status]) => categories[status] === category)?.[1] ?? null;
  const startedAt = firstIn('in_progress');
  return {
    workItems: [
      buildWorkItem({
        source,
        externalId: key,
        key,
        title: `Title of ${key}`,
        statusCategory: categories[last],
        originalStatus: last,
        createdAt: utc(path[0]?.[1] ?? ''),
        startedAt: startedAt === null ? null : utc(startedAt),
        doneAt: last === 'Done' ? utc(path.at(-1)?.[1] ?? '') : null,
      }),
    ],
    workItemChanges: path.slice(1).map(([status, at], index) => ({
      source,
      externalId: `${key}-${index}`,
      workItemExternalId: key,
      field: 'status',
      fromValue: path[index]?.[0] ?? null,
      toValue: status,
      actorAccountExternalId: null,
      at: utc(at),
    })),
  };
}

const board: Readonly<Record<string, DomainRows>> = {
  straight: itemOf('straight', [
    ['Backlog', '2026-09-07 09:00'],
    ['In Progress', '2026-09-08 10:00'],
    ['Review', '2026-09-10 10:00'],
    ['Done', '2026-09-11 16:00'],
  ]),
  reopened: itemOf('reopened', [
    ['Backlog', '2026-09-07 09:00'],
    ['In Progress', '2026-09-14 00:00'],
    ['Done', '2026-09-16 00:00'],
    ['In Progress', '2026-09-18 00:00'],
    ['Done', '2026-09-20 00:00'],
  ]),
  running: itemOf('running', [
    ['Backlog', '2026-09-07 09:00'],
    ['In Progress', '2026-09-25 00:00'],
    ['Review', '2026-10-01 00:00'],
  ]),
  waiting: itemOf('waiting', [['Backlog', '2026-09-07 09:00']]),
};

const repository = (name: string) => ({
  source,
  externalId: name,
  name,
  fullName: null,
  url: null,
  defaultBranch: 'main',
  mergeStyle: null,
});
/** Only one item is known to be of a repository: a pull request of the shop is linked with it. */
const linked: DomainRows = {
  repositories: [repository('shop'), repository('search')],
  pullRequests: [
    buildPullRequest({ source, externalId: 'pr-1', repositoryExternalId: 'shop' }),
    buildPullRequest({ source, externalId: 'pr-2', repositoryExternalId: 'search' }),
  ],
  pullRequestWorkItems: [
    {
      source,
      pullRequestExternalId: 'pr-1',
      workItemSource: source,
      workItemExternalId: 'straight',
      method: 'branch',
    },
  ],
};

async function open(
  records: () => Readonly<Record<string, DomainRows>>,
  activeStatuses?: readonly string[],
  tombstones: () => readonly string[] = () => [],
) {
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    teams: [
      { key: 'shop', name: 'Shop', repositories: ['shop'] },
      { key: 'search', name: 'Search', repositories: ['search'] },
    ],
    connectors: [createRowsConnector({ id: source, records, tombstones })],
    ...(activeStatuses === undefined ? {} : { flow: { activeStatuses } }),
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return { adjutant, handle: adjutant.workspace().as(await adjutant.owner()) };
}
type Handle = Awaited<ReturnType<typeof open>>['handle'];
const read = (handle: Handle, metricId: string) => handle.metric({ metricId, window });

test('Backlog to In Progress to Review to Done makes the cycle time, a reopening included', async () => {
  const { handle } = await open(() => board);
  const answer = await read(handle, 'cycle_time');
  // 78 hours straight through; six days from the first start of the other to its last finish.
  expect(answer).toMatchObject({ value: (78 + 144) / 2, sampleSize: 2 });
  expect(answer.parts.find(({ id }) => id === 'sle_85')?.value).toBe(144);
  expect(answer.series.map(({ value }) => value)).toEqual([78, 144, null, null]);
});

test('work in progress of each day equals the count by hand', async () => {
  const { handle } = await open(() => board);
  const answer = await read(handle, 'wip');
  const byHand = [0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, ...Array(10).fill(1)];
  // The 15th ends at the instant of the finish, and so does the 19th: still in progress just before.
  expect(answer.series.map(({ value }) => value)).toEqual(byHand);
  expect(answer).toMatchObject({ value: 1, sampleSize: 1, caveats: [] });
});

test('age, cumulative flow and throughput come from the same changes', async () => {
  const { handle } = await open(() => board);
  const age = await read(handle, 'work_item_age');
  expect(age).toMatchObject({ value: 240, sampleSize: 1 });
  const flow = await read(handle, 'cumulative_flow');
  expect(flow.parts.map(({ id, value }) => [id, value])).toEqual([
    ['to_do', 1],
    ['in_progress', 1],
    ['done', 2],
  ]);
  expect(flow.parts[2]?.series?.at(-1)?.value).toBe(2);
  const finished = await read(handle, 'work_item_throughput');
  expect(finished.series.map(({ value }) => value)).toEqual([1, 1, 0, 0]);
});

test('flow efficiency is unknown until somebody says which statuses are active', async () => {
  const silent = await read((await open(() => board)).handle, 'flow_efficiency');
  expect(silent).toMatchObject({ value: null, sampleSize: 0 });
  expect(silent.caveats[0]).toMatch(/^Nobody told which statuses/);
  const { handle } = await open(() => board, ['In Progress']);
  const told = await read(handle, 'flow_efficiency');
  expect(told.value).toBeCloseTo((48 + 96) / (78 + 144), 12);
  expect(told.sampleSize).toBe(2);
});

test('explain returns the stretches of status, named after their items', async () => {
  const { handle } = await open(() => board, ['In Progress']);
  const { items, total } = await handle.explainMetric({ metricId: 'flow_efficiency', window });
  expect(total).toBe(7);
  const straight = items.filter(({ key }) => key === 'straight');
  expect(straight.map(({ title, values }) => [title, values['status']])).toEqual(
    expect.arrayContaining([
      ['Title of straight', 'In Progress'],
      ['Title of straight', 'Review'],
    ]),
  );
  expect(straight.every(({ rawRecordId }) => rawRecordId !== null)).toBe(true);
});

test('a deleted item is gone from every day', async () => {
  const gone: string[] = [];
  const { running, ...rest } = board;
  const { adjutant, handle } = await open(
    () => (gone.length === 0 ? { ...rest, running: running ?? {} } : rest),
    undefined,
    () => gone,
  );
  expect(await read(handle, 'wip')).toMatchObject({ value: 1 });
  gone.push('running');
  await adjutant.sync();
  expect(await read(handle, 'wip')).toMatchObject({ value: 0, sampleSize: 0 });
  expect((await read(handle, 'wip')).series.at(-1)?.value).toBe(0);
});

test('a team has the items that its pull requests are linked with, the default team the others', async () => {
  const { handle } = await open(() => ({ ...board, linked }));
  const of = async (key: string) => {
    const team = (await handle.teams()).find((one) => one.key === key);
    return read(handle.forTeam(team?.id ?? ''), 'cycle_time');
  };
  expect(await of('shop')).toMatchObject({ value: 78, sampleSize: 1 });
  expect(await of('default')).toMatchObject({ value: 144, sampleSize: 1 });
  const none = await of('search');
  expect(none).toMatchObject({ value: null, sampleSize: 0 });
  expect(none.caveats.at(-1)).toMatch(/^A work item belongs to no repository: a team/);
});

test('a repository has the items that its pull requests are linked with', async () => {
  const { handle } = await open(() => ({ ...board, linked }));
  const ofShop = await handle.metric({ metricId: 'wip', window, repository: 'shop' });
  expect(ofShop.series.slice(0, 6).map(({ value }) => value)).toEqual([0, 1, 1, 1, 0, 0]);
  const ofSearch = await handle.metric({ metricId: 'wip', window, repository: 'search' });
  expect(ofSearch).toMatchObject({ value: null, series: [] });
});

test('a window without a finish is 0 where finishes are known from before and all was read', async () => {
  const { handle } = await open(() => board);
  const quiet = { from: utc('2026-09-21'), to: utc('2026-10-05') };
  const answer = await handle.metric({ metricId: 'work_item_throughput', window: quiet });
  expect(answer).toMatchObject({ value: 0, sampleSize: 0 });
  expect(answer.series.map(({ value }) => value)).toEqual([0, 0]);
});

test('no work item at all is unknown everywhere, with a reason', async () => {
  const { handle } = await open(() => ({ linked }));
  const ids = ['wip', 'work_item_age', 'cycle_time', 'work_item_throughput', 'cumulative_flow'];
  for (const metricId of ids) {
    const answer = await read(handle, metricId);
    expect(answer, metricId).toMatchObject({ value: null, p50: null, sampleSize: 0, series: [] });
    expect(answer.caveats[0], metricId).toMatch(/^No .*work item.*\.$/);
  }
});
