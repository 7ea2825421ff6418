import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { CommitParent, Deployment } from '../domain.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildDeployment, buildIncident, buildWorkItem } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { WorkKind, WorkspaceHandle } from '../workspace/handle.ts';

const source = 'example';
const repositoryExternalId = 'acme/widgets';
const hourMs = 3_600_000;
const at = Date.UTC(2026, 8, 8, 9);
const clock = createFakeClock(at + 200 * hourMs);
const hours = (count: number): number => at + count * hourMs;

const deployed = (hour: number, sha: string | null, fields: Partial<Deployment> = {}) =>
  buildDeployment({
    source,
    repositoryExternalId,
    serviceKey: 'shop',
    externalId: `d${hour}`,
    sha,
    finishedAt: hours(hour),
    ...fields,
  });
const edge = (sha: string, parentSha: string): CommitParent => ({
  source,
  repositoryExternalId,
  sha,
  position: 0,
  parentSha,
});

/** a ← b ← c deployed at 1, 2 and 3, a tag of an unknown commit at 4, and one without a commit at 5. */
const rows: DomainRows = {
  repositories: [
    {
      source,
      externalId: repositoryExternalId,
      name: 'widgets',
      fullName: 'acme/widgets',
      url: null,
      defaultBranch: 'main',
      mergeStyle: null,
    },
  ],
  commitParents: [edge('b', 'a'), edge('c', 'b')],
  deployments: [
    deployed(1, 'a'),
    deployed(2, 'b'),
    deployed(3, 'c', { previousExternalId: 'd1' }),
    deployed(4, 'lost'),
    deployed(5, null),
    deployed(6, 'a', { externalId: 'other', repositoryExternalId: 'acme/other' }),
    deployed(7, 'c', { externalId: 'nowhere', repositoryExternalId: null, serviceKey: null }),
  ],
  incidents: [
    buildIncident({ source, externalId: 'i', serviceKey: 'shop', createdAt: hours(2.5) }),
    buildIncident({
      source,
      externalId: 'foreign',
      serviceKey: 'shop',
      createdAt: hours(2.5),
      isExternal: true,
    }),
    buildIncident({ source, externalId: 'late', serviceKey: 'shop', createdAt: hours(100) }),
    buildIncident({ source, externalId: 'nobody', createdAt: hours(2.5) }),
  ],
  workItems: [buildWorkItem({ source, externalId: 'w', createdAt: null, originalStatus: 'Doing' })],
};

let adjutant: Adjutant;
let handle: WorkspaceHandle;
let ids: Map<string, string>;
beforeEach(async () => {
  const connectors = [createRowsConnector({ id: source, records: () => ({ all: rows }) })];
  adjutant = await createAdjutant({ store: ':memory:', clock, connectors });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  handle = adjutant.workspace().as(await adjutant.owner());
  ids = new Map();
  for (const kind of ['deployment', 'incident', 'work_item'] satisfies WorkKind[]) {
    for (const { id } of (await handle.listWork({ kind })).items) {
      ids.set((await handle.getWork(id)).externalId, id);
    }
  }
});
const idOf = (externalId: string): string => ids.get(externalId) ?? '';

test('a deployment tells which one it followed, and how that is known', async () => {
  const followed: Record<string, unknown> = {};
  for (const name of ['d1', 'd2', 'd3', 'd4', 'other', 'nowhere']) {
    const { previous, previousKnownBy } = await handle.history.deployment(idOf(name));
    followed[name] = [previous?.externalId ?? null, previousKnownBy];
  }
  expect(followed).toEqual({
    d1: [null, null],
    d2: ['d1', 'order'],
    // Its source says so, whatever lies between.
    d3: ['d1', 'stated'],
    d4: ['d3', 'order'],
    other: [null, null],
    nowhere: [null, null],
  });
});

test('a deployment tells what it was the first to carry and what broke after it', async () => {
  const found = await handle.history.deployment(idOf('d2'));
  expect(found.firstCarried).toEqual([{ sha: 'b', method: 'exact_sha' }]);
  expect(found.incidents).toEqual([{ id: idOf('i'), externalId: 'i', method: 'time' }]);
  expect((await handle.history.deployment(idOf('d1'))).incidents).toEqual([]);
});

test('the commits between two deployments, either way round', async () => {
  const between = async (from: string | null | undefined, to: string) => {
    const query = { to: idOf(to), ...(from === undefined ? {} : { from: from && idOf(from) }) };
    return (await handle.history.commitsBetween(query)).shas;
  };
  expect(await between(undefined, 'd2')).toEqual(['b']);
  expect(await between(undefined, 'd3')).toEqual(['c', 'b']);
  expect(await between('d2', 'd3')).toEqual(['c']);
  expect(await between('d3', 'd1')).toEqual([]);
  expect(await between(null, 'd3')).toEqual(['c', 'b', 'a']);
});

test('what cannot be compared is unknown and says why', async () => {
  const why = async (to: string) => {
    const { shas, unknownBecause } = await handle.history.commitsBetween({ to: idOf(to) });
    expect(shas).toBeNull();
    return unknownBecause;
  };
  expect(await why('d1')).toBe('There is no deployment before it to compare with.');
  expect(await why('d4')).toBe('A deployed commit is not in the history that is known.');
  expect(await why('d5')).toBe('Its source does not tell which commit was deployed.');
  const other = { from: idOf('other'), to: idOf('d3') };
  await expect(handle.history.commitsBetween(other)).rejects.toMatchObject({
    code: 'InvalidInput',
  });
});

test('an incident tells what it comes from, and what was running however long before', async () => {
  const causes: Record<string, unknown> = {};
  for (const name of ['i', 'foreign', 'late', 'nobody']) {
    const { deployments, lastDeployment } = await handle.history.incident(idOf(name));
    causes[name] = [
      deployments.map(({ deployment, method }) => `${deployment.externalId} ${method}`),
      lastDeployment?.externalId ?? null,
    ];
  }
  expect(causes).toEqual({
    i: [['d2 time'], 'd2'],
    foreign: [[], 'd2'],
    late: [[], 'other'],
    nobody: [[], null],
  });
});

test('an item without changes or creation shows its status, and not for how long', async () => {
  const { isReplayed, stretches } = await handle.history.workItem(idOf('w'));
  expect(isReplayed).toBe(false);
  expect(stretches).toEqual([
    { status: 'Doing', category: 'in_progress', from: null, to: null, durationMs: null },
  ]);
});

test('ids of nothing, of another workspace and of what another team owns are not found', async () => {
  const missing = { code: 'NotFound' };
  const stranger = adjutant.workspace('other').as(await adjutant.owner('other'));
  const team = handle.forTeam('no such team');
  for (const { history } of [stranger, team]) {
    await expect(history.deployment(idOf('d2'))).rejects.toMatchObject(missing);
    await expect(history.commitsBetween({ to: idOf('d2') })).rejects.toMatchObject(missing);
    await expect(history.incident(idOf('i'))).rejects.toMatchObject(missing);
    await expect(history.workItem(idOf('w'))).rejects.toMatchObject(missing);
  }
  await expect(handle.history.workItem(idOf('i'))).rejects.toMatchObject(missing);
});
