import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdjutantWithCrashPoints } from '../create-adjutant.ts';
import { defineMetric, type Deployment, type MetricDefinition } from '../domain.ts';
import type { CrashPoint } from '../sync/crash-point.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildDeployment } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monday = Date.UTC(2026, 9, 12);
const source = 'forge';

const deployments = (version: number, factor = 1): MetricDefinition =>
  defineMetric({
    id: 'deployments_counted',
    title: 'Deployments',
    unit: 'count',
    definition: 'Deployments that finished in the window.',
    source: 'this test',
    version,
    subject: 'deployment',
    columns: ['finishedAt'],
    windowColumn: 'finishedAt',
    better: 'higher',
    compute: ({ columns, coverage, window }) => {
      const isRead = (coverage?.readUntil ?? 0) >= window.to;
      return {
        value: columns.length === 0 && !isRead ? null : columns.length * factor,
        sampleSize: columns.length,
        p50: null,
        p75: null,
        p90: null,
        caveats: [],
        evidence: [],
      };
    },
  });

interface Opened {
  metric?: MetricDefinition;
  timeZone?: string;
  reach?: CrashPoint;
}

function createWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = createFakeClock(monday + 30 * dayMs);
  const shown = new Map<string, Deployment>();
  const repositories = ['one', 'two'].map((name) => ({
    source,
    externalId: name,
    name,
    fullName: `acme/${name}`,
    url: null,
    defaultBranch: null,
    mergeStyle: null,
  }));
  const show = (externalId: string, finishedAt: number, repositoryExternalId = 'one') =>
    shown.set(
      externalId,
      buildDeployment({ source, externalId, finishedAt, repositoryExternalId }),
    );
  const open = async ({ metric = deployments(1), timeZone = 'UTC', reach }: Opened = {}) => {
    const adjutant = await createAdjutantWithCrashPoints(
      {
        store: join(folder, 'store.db'),
        connectors: [
          createRowsConnector({
            id: source,
            claimsCommits: true,
            scope: { externalId: 'one', name: 'one', detail: {} },
            records: () => ({
              base: { repositories },
              ...Object.fromEntries(
                [...shown].map(([id, deployment]) => [id, { deployments: [deployment] }]),
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
          metrics: [metric],
        },
        teams: [{ key: 'shop', name: 'Shop', repositories: ['acme/two'] }],
        rollups: true,
        timeZone,
        clock,
      },
      reach ?? (() => undefined),
    );
    const handle = adjutant.workspace().as(await adjutant.owner());
    return { adjutant, handle };
  };
  return { open, show, clock };
}

const query = { metricId: 'deployments_counted', from: monday, to: monday + 28 * dayMs };

test('late data corrects a past week and says so; a quiet week that was read is 0', async () => {
  const { open, show, clock } = createWorld();
  const { adjutant, handle } = await open();
  onTestFinished(() => adjutant.close());
  show('d1', monday + hourMs);
  show('d2', monday + 15 * dayMs);
  await adjutant.sync();
  const scope = { kind: 'repository' as const, key: 'one' };
  const before = await handle.rollups.read({ ...query, scope });
  expect(before.weeks.map(({ value }) => value)).toEqual([1, 0, 1, 0]);
  clock.advance(dayMs);
  show('late', monday + 2 * hourMs);
  expect((await adjutant.sync()).weeksComputed).toBe(1);
  const [week, ...others] = (await handle.rollups.read({ ...query, scope })).weeks;
  expect(week).toMatchObject({ value: 2, revision: 1, correctedAt: clock.now(), previousValue: 1 });
  expect(others).toEqual(before.weeks.slice(1));
  // The workspace has a repository that no stream tells of: there a quiet week is unknown.
  show('d3', monday + hourMs, 'two');
  await adjutant.sync();
  expect((await handle.rollups.read(query)).weeks.map(({ value }) => value)).toEqual([
    3,
    null,
    1,
    null,
  ]);
});

test('cut off while weeks are written, the next pass computes what was left', async () => {
  const { open, show } = createWorld();
  show('d1', monday + hourMs);
  const first = await open();
  await first.adjutant.sync();
  await first.adjutant.close();
  show('d2', monday + 8 * dayMs);
  const cut = await open({
    reach: (name) => {
      if (name === 'rollups_written') throw new Error('The power went.');
    },
  });
  await expect(cut.adjutant.sync()).rejects.toThrow('The power went.');
  expect((await cut.handle.rollups.read(query)).weeks.map(({ value }) => value)).toEqual([
    1, 0, 0, 0,
  ]);
  await cut.adjutant.close();
  const next = await open();
  onTestFinished(() => next.adjutant.close());
  await next.adjutant.sync();
  expect((await next.handle.rollups.read(query)).weeks.map(({ value }) => value)).toEqual([
    1, 1, 0, 0,
  ]);
  expect(await next.adjutant.rebuildRollups()).toMatchObject({ changed: 0 });
});

test('another version of a metric begins its weeks again, and is no correction', async () => {
  const { open, show } = createWorld();
  show('d1', monday + hourMs);
  const first = await open();
  await first.adjutant.sync();
  await first.adjutant.close();
  const second = await open({ metric: deployments(2, 10) });
  onTestFinished(() => second.adjutant.close());
  await second.adjutant.sync();
  const { weeks, definitionVersion } = await second.handle.rollups.read(query);
  expect(definitionVersion).toBe(2);
  expect(weeks[0]).toMatchObject({ value: 10, revision: 0, correctedAt: null });
});

test('in another time zone weeks begin with its Mondays, and the one in which clocks change is longer', async () => {
  const { open, show } = createWorld();
  show('d1', monday - hourMs);
  const first = await open();
  await first.adjutant.sync();
  await first.adjutant.close();
  const second = await open({ timeZone: 'Europe/Berlin' });
  onTestFinished(() => second.adjutant.close());
  await second.adjutant.sync();
  const { weeks, timeZone } = await second.handle.rollups.read({ ...query, from: monday - dayMs });
  expect(timeZone).toBe('Europe/Berlin');
  expect(weeks.map(({ value }) => value)).toEqual([1, 0, 0, 0]);
  expect(weeks.map(({ start, end }) => (end - start) / hourMs)).toEqual([168, 169, 168, 168]);
});

test('a handle made for a team sees the weeks of that team and of its repositories', async () => {
  const { open, show } = createWorld();
  const { adjutant, handle } = await open();
  onTestFinished(() => adjutant.close());
  show('d1', monday + hourMs, 'one');
  show('d2', monday + hourMs, 'two');
  show('d3', monday + 2 * hourMs, 'two');
  await adjutant.sync();
  const shop = (await handle.teams()).find(({ key }) => key === 'shop');
  const { rollups } = handle.forTeam(shop?.id ?? '');
  expect((await rollups.read(query)).weeks[0]?.value).toBe(2);
  const two = await rollups.read({ ...query, scope: { kind: 'repository', key: 'acme/two' } });
  expect(two.weeks[0]?.value).toBe(2);
  for (const scope of [
    { kind: 'workspace' as const },
    { kind: 'team' as const, key: 'default' },
    { kind: 'repository' as const, key: 'acme/one' },
    { kind: 'service' as const, key: 'shop' },
  ]) {
    await expect(rollups.read({ ...query, scope })).rejects.toMatchObject({ code: 'NotFound' });
  }
});
