import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import type {
  MetricSet,
  SprintDefinition,
  SprintFigures,
  SprintReplayInput,
  WorkItemChange,
} from '../domain.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildSprint, buildWorkItem } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 8, 7, 9);
const clock = createFakeClock(start + 40 * dayMs);
const nothing = { items: null, points: null };

/** Computes nothing, and keeps what it was given. */
function recordingSprints(given: SprintReplayInput[]): SprintDefinition {
  return {
    version: 4,
    definition: 'What was given.',
    source: 'this test',
    replay(input): SprintFigures {
      given.push(input);
      return {
        progress: 'final',
        window: null,
        commitment: null,
        added: null,
        removed: null,
        reEstimated: null,
        completed: null,
        plannedCompleted: null,
        carryOver: null,
        plannedCarryOver: null,
        velocity: null,
        reliability: nothing,
        capacityAccuracy: nothing,
        addedShare: nothing,
        removedShare: nothing,
        reEstimatedShare: nothing,
        netChangeShare: nothing,
        carryOverShare: nothing,
        items: input.items.map(({ externalId }) => ({
          externalId,
          scope: 'planned',
          outcome: 'completed',
          pointsThen: null,
          pointsAtEnd: null,
        })),
        caveats: [],
      };
    },
    velocity: (sprints) => ({
      items: null,
      points: null,
      advice: { status: 'refused', reason: 'insufficient history', message: 'Not computed.' },
      caveats: [`${sprints.length} sprints.`],
    }),
  };
}

async function open(sources: Record<string, DomainRows>, sprints = true) {
  const given: SprintReplayInput[] = [];
  const metrics: MetricSet = {
    pullRequestFacts: {
      version: 1,
      compute: () => {
        throw new Error('These sources show no pull request.');
      },
    },
    metrics: [],
    ...(sprints ? { sprints: recordingSprints(given) } : {}),
  };
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: Object.entries(sources).map(([id, rows]) =>
      createRowsConnector({ id, records: () => ({ all: rows }) }),
    ),
    metrics,
    clock,
    teams: [{ key: 'payments', name: 'Payments', repositories: ['acme/payments'] }],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return { adjutant, handle: adjutant.workspace().as(await adjutant.owner()), given };
}

const source = 'tracker';
const closed = (externalId: string, week: number) =>
  buildSprint({
    source,
    externalId,
    name: `Sprint ${externalId}`,
    state: 'closed',
    startedAt: start + week * 7 * dayMs,
    plannedEndAt: start + (week + 1) * 7 * dayMs,
    completedAt: start + (week + 1) * 7 * dayMs,
  });

const item = (externalId: string, sprintExternalId: string | null) =>
  buildWorkItem({ source, externalId, key: `WID-${externalId}`, sprintExternalId });

const change = (
  workItemExternalId: string,
  field: string,
  fromValue: string | null,
  toValue: string | null,
  hours = 1,
): WorkItemChange => ({
  source,
  externalId: `${workItemExternalId}-${field}-${hours}`,
  workItemExternalId,
  field,
  fromValue,
  toValue,
  actorAccountExternalId: null,
  at: start + hours * 3_600_000,
});

test('a report is made of the items that are or ever were in the sprint, with their changes', async () => {
  const { handle, given } = await open({
    [source]: {
      sprints: [closed('7', 0)],
      workItems: [item('1', '7'), item('2', '8'), item('3', '8'), item('4', null)],
      workItemChanges: [
        change('2', 'sprint', '6, 7', '8'),
        change('2', 'status', 'Open', 'In Review', 2),
        change('2', 'assignee', 'one', 'another', 3),
        change('3', 'sprint', null, '8'),
      ],
    },
  });
  const [sprint] = (await handle.sprints.list()).items;
  const report = await handle.sprints.report(sprint?.id ?? '');
  expect(given).toHaveLength(1);
  expect(given[0]?.items.map(({ externalId }) => externalId)).toEqual(['1', '2']);
  expect(given[0]?.items.map(({ changes }) => changes)).toEqual([
    [],
    [
      { field: 'sprint', from: '6, 7', to: '8', at: start + 3_600_000 },
      { field: 'status', from: 'Open', to: 'In Review', at: start + 7_200_000 },
    ],
  ]);
  expect(given[0]).toMatchObject({
    statuses: [{ status: 'In Review', category: 'in_progress' }],
    hasChangelog: true,
    now: clock.now(),
  });
  expect(report).toMatchObject({
    sprint: { name: 'Sprint 7' },
    definition: 'What was given.',
    definitionVersion: 4,
    gaps: [],
    meta: { asOf: clock.now() },
  });
  const work = await handle.getWork(report.items[1]?.id ?? '');
  expect(work.key).toBe(report.items[1]?.key);
});

test('a source without a change of sprints has no changelog, whatever others record', async () => {
  const other = { ...change('9', 'sprint', null, '7'), source: 'other' };
  const { handle, given } = await open({
    [source]: {
      sprints: [closed('7', 0)],
      workItems: [item('1', '7')],
      workItemChanges: [change('1', 'status', 'Open', 'In Review')],
    },
    other: {
      workItems: [{ ...item('9', '7'), source: 'other' }],
      workItemChanges: [other],
    },
  });
  const [sprint] = (await handle.sprints.list()).items;
  await handle.sprints.report(sprint?.id ?? '');
  expect(given[0]).toMatchObject({ hasChangelog: false });
  expect(given[0]?.items.map(({ externalId }) => externalId)).toEqual(['1']);
});

test('velocity looks at the last closed sprints, the newest first', async () => {
  const sprints = [
    ...Array.from({ length: 7 }, (_, week) => closed(String(week), week)),
    buildSprint({ source, externalId: '99', name: 'Now', state: 'active' }),
  ];
  const { handle } = await open({ [source]: { sprints } });
  const names = async (last?: number) =>
    (await handle.sprints.velocity({ last })).sprints.map(({ externalId }) => externalId);
  expect(await names()).toEqual(['6', '5', '4', '3', '2']);
  expect(await names(2)).toEqual(['6', '5']);
  expect((await handle.sprints.velocity({ last: 50 })).caveats).toEqual(['7 sprints.']);
  await expect(handle.sprints.velocity({ last: 0 })).rejects.toMatchObject({
    code: 'InvalidInput',
  });
  await expect(handle.sprints.velocity({ last: 51 })).rejects.toMatchObject({
    code: 'InvalidInput',
  });
});

test('the list begins with what runs and goes on page by page', async () => {
  const active = buildSprint({ source, externalId: '9', state: 'active' });
  const future = buildSprint({ source, externalId: '10', state: 'future', startedAt: null });
  const sprints = [closed('7', 0), future, closed('8', 1), active];
  const { handle } = await open({ [source]: { sprints } });
  const first = await handle.sprints.list({ limit: 3 });
  const second = await handle.sprints.list({ limit: 3, cursor: first.nextCursor ?? '' });
  const ids = [...first.items, ...second.items].map(({ externalId }) => externalId);
  expect(ids).toEqual(['9', '10', '8', '7']);
  expect([first.total, second.nextCursor]).toEqual([4, null]);
});

test('a sprint is of no repository: the default team has it, and no other', async () => {
  const { handle } = await open({ [source]: { sprints: [closed('7', 0)] } });
  const [sprint] = (await handle.sprints.list()).items;
  for (const team of await handle.teams()) {
    const narrowed = handle.forTeam(team.id).sprints;
    const isDefault = team.key === 'default';
    expect((await narrowed.list()).total).toBe(isDefault ? 1 : 0);
    const report = narrowed.report(sprint?.id ?? '');
    if (isDefault) expect((await report).sprint.id).toBe(sprint?.id);
    else await expect(report).rejects.toMatchObject({ code: 'NotFound' });
  }
  expect(await handle.teams()).toHaveLength(2);
});

test('a sprint of another workspace is not found', async () => {
  const { adjutant, handle } = await open({ [source]: { sprints: [closed('7', 0)] } });
  const [sprint] = (await handle.sprints.list()).items;
  const other = adjutant.workspace('another').as(await adjutant.owner('another'));
  expect((await other.sprints.list()).items).toEqual([]);
  await expect(other.sprints.report(sprint?.id ?? '')).rejects.toMatchObject({ code: 'NotFound' });
});

test('without a definition of sprints they are listed, and nothing is said about them', async () => {
  const { handle } = await open({ [source]: { sprints: [closed('7', 0)] } }, false);
  const [sprint] = (await handle.sprints.list()).items;
  expect(sprint?.name).toBe('Sprint 7');
  await expect(handle.sprints.report(sprint?.id ?? '')).rejects.toMatchObject({
    code: 'Configuration',
  });
  await expect(handle.sprints.velocity()).rejects.toMatchObject({ code: 'Configuration' });
});
