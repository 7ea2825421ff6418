import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { defineMetric, type Deployment, type MetricDefinition } from '../domain.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import { citeAnswer } from './cite-answer.ts';
import { citationsKept, keepCitations } from './keep-citations.ts';
import type { Batch } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildDeployment } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const from = Date.UTC(2026, 8, 7);
const window = { from, to: from + 28 * dayMs };

/** Deployments of the window, and the hours that the last of them finished after its start. */
const deployments = (version = 1): MetricDefinition =>
  defineMetric({
    id: 'deployments',
    title: 'Deployments',
    unit: 'count',
    definition: 'Deployments of the window.',
    source: 'this test',
    version,
    subject: 'deployment',
    columns: ['finishedAt', 'result'],
    windowColumn: 'finishedAt',
    better: 'neutral',
    compute: ({ columns, window: asked }) => ({
      value: columns.length === 0 ? null : columns.length,
      sampleSize: columns.length,
      p50: columns.length === 0 ? null : ((columns.finishedAt.at(-1) ?? 0) - asked.from) / hourMs,
      p75: null,
      p90: null,
      caveats: [],
      evidence: Array.from({ length: columns.length }, (_, row) => row),
    }),
  });

const source = 'forge';
const repositoryOf = (name: string) => ({
  source,
  externalId: name,
  name,
  fullName: `acme/${name}`,
  url: `https://host.example/acme/${name}`,
  defaultBranch: 'main',
  mergeStyle: null,
});
const deployed = (number: number, afterHours: number, repositoryExternalId = 'widgets') =>
  buildDeployment({
    source,
    externalId: `d-${number}`,
    repositoryExternalId,
    sha: `sha-${number}`,
    finishedAt: from + afterHours * hourMs,
  });

interface World {
  deployments: Deployment[];
  gone?: string[];
  gaps?: Batch['gaps'];
}

/** An installation whose source can be changed between passes. */
async function open(world: World, options: { metric?: MetricDefinition; store?: string } = {}) {
  const clock = createFakeClock(window.to);
  const adjutant = await createAdjutant({
    store: options.store ?? ':memory:',
    connectors: [
      createRowsConnector({
        id: source,
        scope: { externalId: 'acme', name: 'acme', detail: {} },
        get gaps() {
          return world.gaps ?? [];
        },
        tombstones: () => world.gone ?? [],
        records: () => ({
          places: { repositories: [repositoryOf('widgets'), repositoryOf('gears')] },
          ...Object.fromEntries(
            world.deployments.map((one) => [one.externalId, { deployments: [one] }]),
          ),
        }),
      }),
    ],
    metrics: {
      pullRequestFacts: {
        version: 1,
        compute: () => {
          throw new Error('This source shows no pull request.');
        },
      },
      metrics: [options.metric ?? deployments()],
    },
    teams: [{ key: 'gears', name: 'Gears', repositories: ['gears'] }],
    clock,
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const cite = async (query: { repository?: string } = {}) =>
    (await handle.metric({ metricId: 'deployments', window, ...query })).citationId;
  return { adjutant, clock, handle, cite };
}

function storeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'citations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'store.db');
}

test('the same answer to the same question is one citation, and stays the same months later', async () => {
  const { handle, cite, clock } = await open({ deployments: [deployed(1, 5), deployed(2, 9)] });
  const id = await cite();
  clock.advance(90 * dayMs);
  expect(await cite()).toBe(id);
  expect(id).toMatch(/^m[a-z2-7]{11}$/);
  const explained = await handle.explainCitation(id);
  expect(explained).toMatchObject({
    verdict: 'same',
    reasons: [],
    question: { metricId: 'deployments', window },
    cited: { value: 2, p50: 9, sampleSize: 2, rowCount: 2, computedAt: window.to },
    now: { value: 2, citationId: id },
    total: 2,
  });
  expect(explained.items.map(({ change }) => change)).toEqual(['same', 'same']);
});

test('another question has another id', async () => {
  const { handle, cite } = await open({ deployments: [deployed(1, 5)] });
  const later = { from: from + hourMs, to: window.to };
  const other = await handle.metric({ metricId: 'deployments', window: later });
  const ids = [await cite(), await cite({ repository: 'widgets' }), other.citationId];
  expect(new Set(ids).size).toBe(3);
  expect(await cite({ repository: 'acme/Widgets' })).toBe(ids[1]);
});

test('a row that came late makes a changed figure: 1 row more', async () => {
  const world: World = { deployments: [deployed(1, 5)] };
  const { adjutant, handle, cite } = await open(world);
  const id = await cite();
  world.deployments = [deployed(1, 5), deployed(2, 3)];
  await adjutant.sync();
  const explained = await handle.explainCitation(id, { limit: 1 });
  expect(explained.verdict).toBe('changed');
  expect(explained.reasons).toEqual(['1 row more, which came later or did not count before.']);
  expect([explained.cited.value, explained.now?.value]).toEqual([1, 2]);
  expect(explained.items).toMatchObject([{ change: 'added', values: { result: 'success' } }]);
  const { nextCursor } = explained;
  const rest = await handle.explainCitation(id, { cursor: nextCursor ?? '' });
  expect(rest.items.map(({ change }) => change)).toEqual(['same']);
});

test('a row that is gone is counted and listed, and said to be gone from the store', async () => {
  const world: World = { deployments: [deployed(1, 5), deployed(2, 9)] };
  const { adjutant, handle, cite } = await open(world);
  const id = await cite();
  world.deployments = [deployed(1, 5)];
  world.gone = ['d-2'];
  await adjutant.sync();
  const explained = await handle.explainCitation(id);
  expect(explained.reasons).toEqual([
    '1 row no longer there; 1 of them no longer in the store at all.',
  ]);
  expect(explained.items.map(({ change }) => change)).toEqual(['gone', 'same']);
});

test('a row with another value makes a changed figure, also where the number is the same', async () => {
  const world: World = { deployments: [deployed(1, 5), deployed(2, 9)] };
  const { adjutant, handle, cite } = await open(world);
  const id = await cite();
  world.deployments = [{ ...deployed(1, 5), result: 'failure' }, deployed(2, 9)];
  await adjutant.sync();
  const explained = await handle.explainCitation(id);
  expect(explained.verdict).toBe('changed');
  expect(explained.reasons).toEqual([
    'The figure itself is the same.',
    '1 row with other values than then.',
  ]);
  expect(explained.items.map(({ change }) => change)).toEqual(['changed', 'same']);
});

test('a gap that came is a reason', async () => {
  const world: World = { deployments: [deployed(1, 5)] };
  const { adjutant, handle, cite } = await open(world);
  const id = await cite();
  world.gaps = [{ code: 'cut_off', message: 'Read in part.', affectedCount: null }];
  await adjutant.sync();
  const { verdict, reasons } = await handle.explainCitation(id);
  expect(verdict).toBe('changed');
  expect(reasons[1]).toBe('The gap cut_off came: something is missing that was not then.');
});

test('a definition of another version is a reason, and one that is gone cannot be told', async () => {
  const store = storeFile();
  const world: World = { deployments: [deployed(1, 5)] };
  const first = await open(world, { store });
  const id = await first.cite();
  await first.adjutant.close();
  const second = await open(world, { store, metric: deployments(2) });
  expect(await second.handle.explainCitation(id)).toMatchObject({
    verdict: 'changed',
    reasons: [
      'The figure itself is the same.',
      'The definition changed from version 1 to version 2.',
    ],
  });
  const third = await open(world, { store, metric: { ...deployments(), id: 'other' } });
  expect(await third.handle.explainCitation(id)).toMatchObject({
    verdict: 'cannot_tell',
    now: null,
    cited: { value: 1 },
    reasons: ['It cannot be asked again. There is no metric of that id.'],
  });
});

test('of many rows it is said that they changed, not which', async () => {
  const many = Array.from({ length: 250 }, (_, number) => deployed(number, number + 1));
  const world: World = { deployments: many };
  const { adjutant, handle, cite } = await open(world);
  const id = await cite();
  expect(await handle.explainCitation(id)).toMatchObject({ verdict: 'same', total: 250 });
  world.deployments = [{ ...deployed(0, 1), result: 'failure' }, ...many.slice(1)];
  await adjutant.sync();
  expect((await handle.explainCitation(id)).reasons[1]).toContain('As many rows as then, 250');
  world.deployments = [...many, deployed(250, 300)];
  await adjutant.sync();
  const explained = await handle.explainCitation(id);
  expect(explained.reasons[0]).toContain('1 row more on balance: 250 then, 251 now.');
  expect(explained.items.every(({ change }) => change === null)).toBe(true);
});

test('an overview cites every figure of it', async () => {
  const { handle } = await open({ deployments: [deployed(1, 5)] });
  const { metrics } = await handle.overview({ window });
  const [first] = metrics;
  expect(await handle.explainCitation(first?.citationId ?? '')).toMatchObject({ verdict: 'same' });
});

test('a citation is not seen from another workspace, nor by a team it is not of', async () => {
  const world: World = { deployments: [deployed(1, 5), deployed(2, 7, 'gears')] };
  const { adjutant, handle, cite } = await open(world);
  const ofAll = await cite();
  const ofGears = await cite({ repository: 'gears' });
  const ofWidgets = await cite({ repository: 'widgets' });
  const unknown = { code: 'NotFound', hint: expect.stringContaining('400 days') };

  const other = adjutant.workspace('other').as(await adjutant.owner('other'));
  await expect(other.explainCitation(ofAll)).rejects.toMatchObject(unknown);

  const team = (await handle.teams()).find(({ key }) => key === 'gears');
  const narrowed = handle.forTeam(team?.id ?? '');
  await expect(narrowed.explainCitation(ofAll)).rejects.toMatchObject(unknown);
  await expect(narrowed.explainCitation(ofWidgets)).rejects.toMatchObject(unknown);
  // Asked of the whole workspace, it may show what is not the team's.
  await expect(narrowed.explainCitation(ofGears)).rejects.toMatchObject(unknown);

  const own = await narrowed.metric({ metricId: 'deployments', window });
  expect(await narrowed.explainCitation(own.citationId)).toMatchObject({ cited: { value: 1 } });
  expect(await handle.explainCitation(own.citationId)).toMatchObject({ verdict: 'same', total: 1 });
  await expect(handle.explainCitation('mabcdefghijk')).rejects.toMatchObject(unknown);
});

test('a figure that may be on few people and is not told now is not told as it was cited either', async () => {
  const store = storeFile();
  const { handle } = await open({ deployments: [] }, { store });
  const raw = await openStore(store);
  const citation = citeAnswer(
    {
      workspaceId: 'default',
      teamId: null,
      question: { metricId: 'deployments', window, filter: { labels: ['urgent'] } },
    },
    {
      ...{ metricId: 'deployments', definitionVersion: 1, unit: 'count', window, timeZone: 'UTC' },
      ...{ value: 7, sampleSize: 7, p50: 3, p75: null, p90: null },
      ...{ parts: [], series: [], caveats: [], gaps: ['cut_off'] },
    },
    { ids: ['row'], columns: {}, positions: [0] },
    window.to,
  );
  keepCitations(raw, [citation]);
  await citationsKept(raw);
  await raw.close();
  const explained = await handle.explainCitation(citation.row.citationId);
  expect(explained.verdict).toBe('cannot_tell');
  expect(explained.cited).toMatchObject({ value: null, p50: null, sampleSize: 0, rowCount: 0 });
  expect(explained.reasons.at(-1)).toContain('not told either');
  expect(explained.items).toEqual([]);
});

test('where the store takes no citation the figure and its id are given all the same', async () => {
  const store = storeFile();
  const { handle, cite } = await open({ deployments: [deployed(1, 5)] }, { store });
  const raw = await openStore(store);
  await raw.transaction(async (transaction) => {
    await runStatement(
      transaction,
      sql`create trigger read_only before insert on metric_citations
        begin select raise(abort, 'attempt to write a readonly database'); end`,
    );
  });
  const id = await cite();
  expect(id).toMatch(/^m/);
  await expect(handle.explainCitation(id)).rejects.toMatchObject({ code: 'NotFound' });
  await raw.transaction(async (transaction) => {
    await runStatement(transaction, sql`drop trigger read_only`);
  });
  await raw.close();
  expect(await cite()).toBe(id);
  expect(await handle.explainCitation(id)).toMatchObject({ verdict: 'same' });
});

test('a citation of more than 400 days ago goes when another is kept, with the rows behind it', async () => {
  const store = storeFile();
  const world: World = { deployments: [deployed(1, 5)] };
  const { adjutant, handle, clock, cite } = await open(world, { store });
  const id = await cite();
  await handle.explainCitation(id);
  clock.advance(401 * dayMs);
  world.deployments = [deployed(1, 5), deployed(2, 6)];
  await adjutant.sync();
  const fresh = await cite();
  await expect(handle.explainCitation(id)).rejects.toMatchObject({ code: 'NotFound' });
  expect(await handle.explainCitation(fresh)).toMatchObject({ verdict: 'same' });
  const raw = await openStore(store);
  const counts = await queryTuples(
    raw.read,
    sql`select (select count(*) from metric_citations), (select count(*) from cited_evidence)`,
  );
  await raw.close();
  expect(counts).toEqual([[1, 1]]);
});

test('the rows of a citation survive an export and an import', async () => {
  const { adjutant, handle, cite } = await open({ deployments: [deployed(1, 5)] });
  const id = await cite();
  await handle.explainCitation(id);
  const target = await createAdjutant({
    store: ':memory:',
    metrics: {
      pullRequestFacts: { version: 1, compute: () => expect.unreachable() },
      metrics: [deployments()],
    },
    clock: createFakeClock(window.to + dayMs),
  });
  onTestFinished(() => target.close());
  await target.importWorkspace(adjutant.exportWorkspace());
  const imported = target.workspace().as(await target.owner());
  expect(await imported.explainCitation(id)).toMatchObject({ verdict: 'same', total: 1 });
});
