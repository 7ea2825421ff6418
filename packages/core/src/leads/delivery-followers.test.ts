import { sql } from 'drizzle-orm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { type Deployment, defineMetric, type MetricSet, type PipelineRun } from '../domain.ts';
import { countsOnce } from '../reads/repositories.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { canonicalDump } from '../testing/canonical-dump.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildDeployment, buildPipelineRun } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const dayMs = 86_400_000;
const clock = createFakeClock(Date.UTC(2026, 8, 30));
const at = (day: number): number => Date.UTC(2026, 5, 1) + day * dayMs;

const counting = (id: string, subject: 'deployment' | 'pipeline_run') =>
  defineMetric({
    id,
    title: id,
    unit: 'count',
    definition: 'Rows in the window.',
    source: 'this test',
    version: 1,
    subject,
    columns: ['finishedAt'],
    windowColumn: 'finishedAt',
    better: 'neutral',
    compute: ({ columns }) => ({
      value: columns.length,
      sampleSize: columns.length,
      p50: null,
      p75: null,
      p90: null,
      caveats: [],
      evidence: columns.finishedAt.map((_, row) => row),
    }),
  });
const metrics: MetricSet = {
  pullRequestFacts: { version: 1, compute: () => expect.unreachable() },
  metrics: [counting('deployed', 'deployment'), counting('ran', 'pipeline_run')],
};

interface Shown {
  deployments?: readonly Partial<Deployment>[];
  runs?: readonly Partial<PipelineRun>[];
}

/** What each source shows now; changed by a test between two passes. */
let shownBy: Record<'hook' | 'forge', Shown>;
let folder: string;
let open: Adjutant[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  open = [];
  shownBy = { hook: {}, forge: {} };
});
afterEach(async () => {
  for (const adjutant of open) await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

function source(id: 'hook' | 'forge'): ConfiguredConnector {
  const place = { source: id, repositoryExternalId: `${id}-1` };
  return createRowsConnector({
    id,
    title: id === 'hook' ? 'The hook' : 'The forge',
    ...(id === 'hook' ? { showsCode: false as const } : { showsReviews: true }),
    scope: { externalId: `${id}-1`, name: 'acme/widgets', detail: {} },
    records: () => ({
      all: {
        repositories: [
          {
            source: id,
            externalId: `${id}-1`,
            name: 'widgets',
            fullName: 'acme/widgets',
            url: 'https://host.example/acme/widgets',
            defaultBranch: null,
            mergeStyle: null,
          },
        ],
      },
      delivery: {
        deployments: (shownBy[id].deployments ?? []).map((fields, number) =>
          buildDeployment({ ...place, externalId: `d-${number}`, ...fields }),
        ),
        pipelineRuns: (shownBy[id].runs ?? []).map((fields, number) =>
          buildPipelineRun({ ...place, externalId: `r-${number}`, ...fields }),
        ),
      },
    }),
    // What is no longer shown is gone.
    tombstones: () => (shownBy[id].deployments?.length === 0 ? ['delivery'] : []),
  });
}

async function openWith(connectors = [source('hook'), source('forge')], name = 'store.db') {
  const adjutant = await createAdjutant({
    store: join(folder, name),
    connectors,
    metrics,
    clock,
    rollups: true,
  });
  open.push(adjutant);
  const handle = adjutant.workspace().as(await adjutant.owner());
  const value = async (metricId: string): Promise<number | null> =>
    (await handle.metric({ metricId, window: { from: at(-400), to: clock.now() } })).value;
  const codes = async (): Promise<string[]> =>
    (await handle.overview()).meta.gaps
      .filter(({ code }) => code.startsWith('sent_'))
      .map(({ code }) => code);
  return { adjutant, handle, value, codes };
}

const days = (from: number, until: number, fields: Partial<Deployment> = {}) =>
  Array.from({ length: until - from }, (_, day) => ({ finishedAt: at(from + day), ...fields }));

describe('deployments that were sent', () => {
  test('count beside a preview, a failure and what still runs at the source that leads', async () => {
    shownBy.hook = { deployments: days(0, 20) };
    shownBy.forge = {
      deployments: [
        { environment: 'preview', finishedAt: at(3) },
        { environment: 'production', result: 'failure', finishedAt: at(4) },
        { environment: 'production', result: 'running', finishedAt: null },
      ],
    };
    const { adjutant, handle, value, codes } = await openWith();
    await adjutant.sync();
    expect(await value('deployed')).toBe(22);
    expect(await codes()).toEqual(['sent_deployments_counted']);
    expect((await handle.listWork({ kind: 'deployment' })).total).toBe(23);
    const overview = await handle.overview();
    expect(overview.repositories.map((shown) => shown.source)).toEqual(['forge']);
  });

  test('do not count where the source that leads shows the environment, whatever it calls it', async () => {
    shownBy.hook = {
      deployments: [...days(0, 20), ...days(0, 5, { environment: 'staging' })].map(
        (fields, number) => ({ ...fields, externalId: `d-${number}` }),
      ),
    };
    shownBy.forge = { deployments: days(0, 18, { environment: 'Prod' }) };
    const { adjutant, handle, value, codes } = await openWith();
    await adjutant.sync();
    expect(await value('deployed'), '18 of the forge, 5 to staging').toBe(23);
    const list = await handle.listWork({ kind: 'deployment' });
    expect([list.total, list.items.length]).toEqual([23, 23]);
    expect(await codes()).toEqual(['sent_deployments_counted', 'sent_deployments_not_counted']);
    const { meta } = await handle.metric({ metricId: 'deployed' });
    expect(meta.gaps.find(({ code }) => code.endsWith('_not_counted'))?.message).toMatch(
      /^Deployments to "production" were sent and are shown by The forge as well/,
    );
  });

  test('count again before the other source began and after it ended', async () => {
    shownBy.hook = { deployments: days(0, 100) };
    shownBy.forge = { deployments: days(30, 50) };
    const { adjutant, value } = await openWith();
    await adjutant.sync();
    // A day around what the forge shows is its own: what it shows at 30 was sent at 29 or 31.
    expect(await value('deployed')).toBe(29 + 20 + 49);
  });

  test('count from the pass on in which the other source shows none any more', async () => {
    shownBy.hook = { deployments: days(0, 10) };
    shownBy.forge = { deployments: days(0, 10) };
    const { adjutant, value, codes } = await openWith();
    await adjutant.sync();
    expect(await value('deployed')).toBe(10);
    shownBy.forge = { deployments: [] };
    await adjutant.sync();
    expect(await value('deployed')).toBe(10);
    expect(await codes()).toEqual(['sent_deployments_counted']);
    shownBy.hook = { deployments: [] };
    await adjutant.sync();
    expect(await codes()).toEqual([]);
  });

  test('all count where no other source shows the repository, and nothing is said of it', async () => {
    shownBy.hook = { deployments: days(0, 10) };
    const { adjutant, value, codes } = await openWith([source('hook')]);
    await adjutant.sync();
    expect(await value('deployed')).toBe(10);
    expect(await codes()).toEqual([]);
  });

  test('that are still under way follow the rest of their environment', async () => {
    const running = { result: 'running' as const, finishedAt: null, startedAt: at(9) };
    shownBy.hook = { deployments: [...days(0, 2), running] };
    const { adjutant, handle } = await openWith();
    await adjutant.sync();
    expect((await handle.listWork({ kind: 'deployment' })).total).toBe(3);
    shownBy.forge = { deployments: days(0, 2) };
    await adjutant.sync();
    expect((await handle.listWork({ kind: 'deployment' })).total).toBe(2);
  });

  test('name their environment in a gap as one bounded line', async () => {
    const names = ['a\nb\u202e', 'x'.repeat(100), 'c', 'd', 'e', 'f', 'g'];
    shownBy.hook = {
      deployments: names.map((environment) => ({ environment, finishedAt: at(1) })),
    };
    const { adjutant, handle } = await openWith();
    await adjutant.sync();
    const { gaps } = (await handle.overview()).meta;
    const gap = gaps.find(({ code }) => code.startsWith('sent'));
    expect(gap?.message).not.toMatch(/[\n\u202e]|x{61}/);
    expect(gap?.message).toMatch(/and 2 more count as they were sent/);
  });
});

test('runs that were sent count pipeline by pipeline', async () => {
  shownBy.hook = { runs: [{ name: 'tests' }, { name: 'tests' }, { name: 'package' }] };
  shownBy.forge = { runs: [{ name: 'Tests' }, { name: 'lint' }] };
  const { adjutant, value, codes } = await openWith();
  await adjutant.sync();
  expect(await value('ran')).toBe(3);
  expect(await codes()).toEqual(['sent_runs_counted', 'sent_runs_not_counted']);
});

test('which of them count follows from the rows: again, exported, or in another order of passes', async () => {
  shownBy.hook = { deployments: days(0, 10), runs: [{ name: 'tests' }] };
  shownBy.forge = { deployments: days(5, 10), runs: [{ name: 'tests' }] };
  const { adjutant, value } = await openWith();
  await adjutant.sync();
  const counted = await value('deployed');
  expect(counted).toBe(4 + 5);
  const before = await canonicalDump(join(folder, 'store.db'));
  expect((await adjutant.sync()).rowsChanged).toBe(0);
  expect(await canonicalDump(join(folder, 'store.db'))).toBe(before);

  const imported = await openWith([], 'imported.db');
  await imported.adjutant.importWorkspace(adjutant.exportWorkspace());
  expect(await imported.value('deployed')).toBe(counted);

  const hookFirst = await openWith([source('hook')], 'other.db');
  await hookFirst.adjutant.sync();
  const both = await openWith([source('hook'), source('forge')], 'other.db');
  await both.adjutant.sync();
  expect(await canonicalDump(join(folder, 'other.db'))).toBe(before);
});

test('each row that may not count is asked for by a key, and nothing is read through', async () => {
  const { adjutant } = await openWith();
  await adjutant.sync();
  const store = await openStore(join(folder, 'store.db'));
  const plan = await queryTuples<[number, number, number, string]>(
    store.read,
    sql`explain query plan select f.id from deployments f
      where f.workspace_id = 'default' and ${countsOnce('default', 'deployments', 'f')}`,
  );
  await store.close();
  const steps = plan.map(([, , , step]) => step);
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
  expect(steps.filter((step) => /shown_too|follower|shown\b/.test(step))).toEqual([
    expect.stringMatching(
      /SEARCH follower USING .*workspace_id=\? AND source=\? AND repository_external_id=\?/,
    ),
    expect.stringMatching(/SEARCH shown USING .*workspace_id=\? AND source=\?/),
    expect.stringMatching(
      /SEARCH shown_too USING .*kind=\? AND source=\? AND repository_external_id=\? AND name=\?/,
    ),
  ]);
});
