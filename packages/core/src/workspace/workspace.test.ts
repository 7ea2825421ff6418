import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { defineMetric, type MetricSet, type Viewer } from '../domain.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createScriptedConnector, scriptedBatches } from '../testing/scripted-connector.ts';
import type { WorkspaceHandle } from './handle.ts';

const at = 1_780_000_000_000;
const clock = createFakeClock(at + 40 * 86_400_000);
const payloads = Array.from({ length: 12 }, (_, position) => ({
  number: position + 1,
  title: `Change ${position + 1}`,
  author: ['ada@example.com', 'bo@example.com', 'cy@example.com'][position % 3] ?? '',
  mergedAt: position === 11 ? null : at + (position + 1) * 3_600_000,
}));

const counted = defineMetric({
  id: 'merged',
  title: 'Merged',
  unit: 'count',
  definition: 'Pull requests merged in the window.',
  source: 'this test',
  version: 3,
  subject: 'pull_request',
  columns: ['mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'neutral',
  compute: ({ columns }) => ({
    value: columns.length,
    sampleSize: columns.length,
    p50: null,
    p75: null,
    p90: null,
    caveats: columns.authorIsBot.includes(true) ? ['bots'] : [],
    evidence: columns.mergedAt.map((_, position) => position),
  }),
});
const metrics: MetricSet = {
  pullRequestFacts: {
    version: 1,
    compute: ({ pullRequest, authorIsBot }) => ({
      source: pullRequest.source,
      pullRequestExternalId: pullRequest.externalId,
      repositoryExternalId: pullRequest.repositoryExternalId,
      factsVersion: 1,
      authorIsBot,
      openedAt: pullRequest.openedAt,
      mergedAt: pullRequest.mergedAt,
      closedAt: null,
      deployedAt: null,
      releasedAt: null,
      firstCommitAt: null,
      codingMs: null,
      pickupMs: null,
      reviewMs: null,
      mergeWaitMs: null,
      deployMs: null,
      totalMs: null,
      unattributedMs: null,
      firstCommitToMergeMs: null,
      releaseWaitMs: null,
      isRevert: false,
      isHotfix: false,
      deploymentMethod: null,
      sizeLines: null,
      reviewCount: null,
      reviewerCount: null,
      commentCount: null,
      reworkRounds: null,
      idleMs: null,
      lastActivityAt: null,
      mergedWithoutReview: null,
    }),
  },
  metrics: [counted],
};

let adjutant: Adjutant;
let owner: Viewer;
let handle: WorkspaceHandle;
const open = (extra: object = {}) =>
  createAdjutant({
    store: ':memory:',
    connectors: [createScriptedConnector(scriptedBatches(payloads, 5))],
    metrics,
    clock,
    teams: [{ key: 'widgets', name: 'Widgets', repositories: ['acme/widgets'] }],
    ...extra,
  });

beforeEach(async () => {
  adjutant = await open();
  await adjutant.sync();
  owner = await adjutant.owner();
  handle = adjutant.workspace().as(owner);
});
afterEach(() => adjutant.close());

async function exported(from: Adjutant, workspaceId?: string): Promise<string[]> {
  const read: string[] = [];
  for await (const line of from.exportWorkspace(workspaceId)) read.push(line);
  return read;
}

describe('a metric', () => {
  test('carries version, window, sample, evidence and freshness', async () => {
    const answer = await handle.metric({ metricId: 'merged' });
    expect(answer).toMatchObject({ value: 11, sampleSize: 11, definitionVersion: 3, caveats: [] });
    expect(answer.evidenceIds).toHaveLength(11);
    expect(answer.meta.syncedAt).toBe(clock.now());
    expect(answer.window.to).toBe(clock.now());
  });

  test('counts only its window, half open', async () => {
    const window = { from: at + 3_600_000, to: at + 3 * 3_600_000 };
    expect((await handle.metric({ metricId: 'merged', window })).value).toBe(2);
  });

  test('is explained by its rows, page by page', async () => {
    const first = await handle.explainMetric({ metricId: 'merged', limit: 8 });
    const second = await handle.explainMetric({
      metricId: 'merged',
      limit: 8,
      cursor: first.nextCursor ?? '',
    });
    expect([first.items.length, second.items.length, first.total]).toEqual([8, 3, 11]);
    expect(second.nextCursor).toBeNull();
    const keys = [...first.items, ...second.items].map((item) => item.key);
    expect(new Set(keys).size).toBe(11);
    expect(first.items[0]).toMatchObject({
      values: { mergedAt: expect.any(Number), authorIsBot: false },
      rawRecordId: null,
    });
  });

  test('of an unknown id or repository is not found, and a wrong window is refused', async () => {
    await expect(handle.metric({ metricId: 'nope' })).rejects.toMatchObject({
      code: 'NotFound',
      hint: 'Known are: merged.',
    });
    await expect(handle.metric({ metricId: 'merged', repository: 'nope' })).rejects.toMatchObject({
      code: 'NotFound',
    });
    await expect(
      handle.metric({ metricId: 'merged', window: { from: 2, to: 1 } }),
    ).rejects.toMatchObject({ code: 'InvalidInput' });
  });

  test('is compared without a cause', async () => {
    const comparison = await handle.compareMetric({
      metricId: 'merged',
      before: { from: at, to: at + 4 * 3_600_000 },
      after: { from: at + 4 * 3_600_000, to: at + 24 * 3_600_000 },
    });
    expect(comparison).toMatchObject({ difference: 5, relativeChange: 5 / 3 });
    expect(comparison.caveats[0]).toContain('Small samples (3 and 8)');
  });
});

describe('lists', () => {
  test('of work are newest first, filtered and paged', async () => {
    const page = await handle.listWork({ state: 'merged', limit: 2 });
    expect(page).toMatchObject({ total: 11, items: [{ key: '#11' }, { key: '#10' }] });
    const openWork = await handle.listWork({ state: 'open' });
    expect(openWork.items).toMatchObject([{ key: '#12', finishedAt: null, author: 'cy' }]);
    expect(openWork.items[0]?.hours).toBeCloseTo(40 * 24);
  });

  test('refuse a cursor that nobody gave out', async () => {
    await expect(handle.listWork({ cursor: 'made-up' })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
  });

  test('of one piece show what it was made from', async () => {
    const [item] = (await handle.listWork({ limit: 1 })).items;
    const detail = await handle.getWork(item?.id ?? '');
    expect(detail).toMatchObject({ key: '#11', source: 'scripted', aiEvidence: [] });
    await expect(handle.getWork('no-such-id')).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('of people find by name, login or address', async () => {
    expect((await handle.findPeople({ text: 'BO@' })).items).toMatchObject([{ displayName: 'bo' }]);
    expect((await handle.findPeople({ text: '%' })).total).toBe(0);
    expect((await handle.findPeople()).total).toBe(3);
  });
});

describe('isolation', () => {
  test('another workspace sees nothing, whatever it asks for', async () => {
    const other = adjutant.workspace('other').as(await adjutant.owner('other'));
    const [item] = (await handle.listWork({ limit: 1 })).items;
    const [team] = await handle.teams();
    expect((await other.forTeam(team?.id ?? '').overview()).team).toBeNull();
    expect((await other.listWork()).total).toBe(0);
    expect((await other.findPeople()).total).toBe(0);
    expect((await other.metric({ metricId: 'merged' })).value).toBe(0);
    expect((await other.syncStatus()).streams).toEqual([]);
    await expect(other.getWork(item?.id ?? '')).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('a team sees what it owns and another team none of it', async () => {
    const teams = await handle.teams();
    const idOf = (key: string): string => teams.find((team) => team.key === key)?.id ?? '';
    const own = handle.forTeam(idOf('widgets'));
    const others = handle.forTeam(idOf('default'));
    expect((await own.metric({ metricId: 'merged' })).value).toBe(11);
    expect((await others.metric({ metricId: 'merged' })).value).toBe(0);
    expect((await own.listWork()).total).toBe(12);
    expect((await others.listWork()).total).toBe(0);
    expect((await others.overview()).repositories).toEqual([]);
  });

  test('without a viewer there is no read', () => {
    // @ts-expect-error -- what a caller in plain JavaScript may do
    expect(() => adjutant.workspace().as(undefined)).toThrow('read by somebody');
  });
});

describe('who is who', () => {
  const people = async () => (await handle.findPeople()).items;

  test('is changed by a lead, recorded, and taken back whole', async () => {
    const [ada, bo] = await people();
    const change = await handle.mergePeople(bo?.id ?? '', ada?.id ?? '');
    expect((await people()).map((person) => person.displayName)).toEqual(['ada', 'cy']);
    expect((await people())[0]?.accounts).toHaveLength(2);
    await adjutant.sync();
    expect(await people()).toHaveLength(2);
    await handle.undoIdentityChange(change.id);
    const restored = await people();
    expect(restored.map((person) => person.displayName)).toEqual(['ada', 'bo', 'cy']);
    expect(restored[1]?.accounts).toMatchObject([
      { externalId: 'bo@example.com', method: 'own_account' },
    ]);
    await expect(handle.undoIdentityChange(change.id)).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('splits into a new person and back', async () => {
    const [ada, bo] = await people();
    await handle.mergePeople(bo?.id ?? '', ada?.id ?? '');
    const change = await handle.splitPerson(ada?.id ?? '', [
      { source: 'scripted', externalId: 'bo@example.com' },
    ]);
    expect(await people()).toHaveLength(3);
    await handle.undoIdentityChange(change.id);
    expect((await people())[0]?.accounts).toHaveLength(2);
    await expect(
      handle.splitPerson(ada?.id ?? '', [{ source: 'scripted', externalId: 'cy@example.com' }]),
    ).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('of somebody who has rights takes a passkey, and says how to get one', async () => {
    const [ada] = await people();
    const ownerId = owner.kind === 'person' ? owner.personId : '';
    for (const [from, to] of [
      [ownerId, ada?.id ?? ''],
      [ada?.id ?? '', ownerId],
    ] as const) {
      await expect(handle.mergePeople(from, to)).rejects.toMatchObject({
        code: 'Permission',
        hint: expect.stringContaining('enrol one under Passkeys') as string,
      });
    }
    expect((await people())[0]).toMatchObject({ displayName: 'ada', role: 'member' });
  });

  test('is not for assistants or members to say', async () => {
    const [ada, bo] = await people();
    for (const viewer of [
      { kind: 'agent', name: 'assistant', sponsorPersonId: 'owner:default' },
      { kind: 'person', personId: ada?.id ?? '', role: 'member' },
    ] satisfies Viewer[]) {
      const asked = adjutant.workspace().as(viewer);
      await expect(asked.mergePeople(bo?.id ?? '', ada?.id ?? '')).rejects.toMatchObject({
        code: 'Permission',
      });
    }
  });
});

describe('an export', () => {
  async function* lines(from: readonly string[]) {
    yield* from;
  }

  test('comes back the same from the store it was imported into', async () => {
    const before = await exported(adjutant);
    const copy = await createAdjutant({ store: ':memory:', metrics, clock });
    const { rows } = await copy.importWorkspace(lines(before));
    expect(rows).toBe(before.length - 1);
    // What an import brings is sealed anew, behind the seals that it brings.
    const isSeal = (line: string): boolean => line.includes('audit_seals');
    const again = await exported(copy);
    expect(again.filter((line) => !isSeal(line))).toEqual(before.filter((line) => !isSeal(line)));
    expect(again.filter(isSeal)).toEqual(expect.arrayContaining(before.filter(isSeal)));
    const value = await copy.workspace().as(owner).metric({ metricId: 'merged' });
    expect(value.value).toBe(11);
    await copy.close();
  });

  test('is refused where there are rows already, or where it is broken, and nothing is kept', async () => {
    const before = await exported(adjutant);
    await expect(adjutant.importWorkspace(lines(before))).rejects.toMatchObject({
      code: 'Conflict',
    });
    const copy = await createAdjutant({ store: ':memory:', metrics, clock });
    await expect(copy.importWorkspace(lines(['{}']))).rejects.toMatchObject({
      code: 'InvalidInput',
    });
    await expect(
      copy.importWorkspace(lines([...before, '["no_such_table", []]'])),
    ).rejects.toMatchObject({ code: 'InvalidInput' });
    expect((await copy.workspace().as(owner).listWork()).total).toBe(0);
    await copy.close();
  });
});

test('an import holds one line at a time, and takes no row of another workspace', async () => {
  const lines = await exported(adjutant);
  const copy = await open();
  let given = 0;
  async function* slowly(rows: readonly string[]): AsyncIterable<string> {
    for (const row of rows) {
      given += 1;
      yield row;
    }
  }
  const foreign = lines.map((line) =>
    line.startsWith('["commits"') ? line.replace('"default"', '"other"') : line,
  );
  await expect(copy.importWorkspace(slowly(foreign))).rejects.toMatchObject({
    code: 'InvalidInput',
  });
  expect(given).toBeLessThan(lines.length);
  expect((await copy.workspace().as(owner).listWork()).total).toBe(0);
  expect((await copy.importWorkspace(slowly(lines))).rows).toBe(lines.length - 1);
  await copy.close();
});

test('deleting a workspace removes its rows and no others', async () => {
  await adjutant.sync({ workspaceId: 'other' });
  const other = adjutant.workspace('other').as(await adjutant.owner('other'));
  expect((await other.listWork()).total).toBe(12);
  await adjutant.deleteWorkspace('other');
  expect((await exported(adjutant, 'other')).length).toBe(1);
  expect((await handle.listWork()).total).toBe(12);
});

test('a refresh is asked for once and done by the worker', async () => {
  const first = await handle.requestRefresh();
  expect(first.alreadyPending).toBe(false);
  expect(await handle.requestRefresh()).toEqual({ ...first, alreadyPending: true });
  expect(await handle.syncStatus()).toMatchObject({
    pendingRefresh: true,
    worker: { running: false, start: 'adjutant sync --every 15m' },
  });
  const controller = new AbortController();
  const seen: boolean[] = [];
  const look = async (): Promise<void> => {
    seen.push((await handle.syncStatus()).worker.running);
  };
  let looked: Promise<void> = Promise.resolve();
  await adjutant.work({
    signal: controller.signal,
    onProgress: () => {
      looked = look();
    },
    onPass: () => controller.abort(),
  });
  await looked;
  expect(seen[0]).toBe(true);
  expect(await handle.syncStatus()).toMatchObject({
    pendingRefresh: false,
    worker: { running: false },
  });
});

test('an overview says what is known and what runs', async () => {
  const overview = await handle.overview();
  expect(overview).toMatchObject({
    people: { humans: 3, codingAgents: 0, serviceBots: 0 },
    openWork: { count: 1, oldestHours: expect.closeTo(960, 0) },
    repositories: [{ name: 'widgets', commitCount: 12, mergedCount: 11 }],
    metrics: [{ metricId: 'merged', value: 11 }],
  });
});
