import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../../create-adjutant.ts';
import { defineMetric, type IncidentDeployment, type Incident } from '../../domain.ts';
import { openStore } from '../../store/open-store.ts';
import { tables } from '../../store/tables.ts';
import type { DomainRows } from '../../sync/domain-rows.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { buildDeployment, buildIncident } from '../../testing/row-builders.ts';
import { createRowsConnector } from '../../testing/rows-connector.ts';

const hourMs = 3_600_000;
const at = Date.UTC(2026, 8, 8, 9);
const clock = createFakeClock(at + 20 * 24 * hourMs);
const source = 'pager';
const hours = (count: number): number => at + count * hourMs;
type Found = Record<string, [count: number, link: string | null, restoredHours: number | null]>;

let found: Found = {};
let beside: unknown;
let links: Record<number, string | null> = {};
const none = { value: null, sampleSize: 0, p50: null, p75: null, p90: null, caveats: [] };
const failures = defineMetric({
  id: 'failures',
  aliases: ['broken'],
  title: 'Failures',
  unit: 'count',
  definition: 'What is held to each deployment, by the hour of its end.',
  source: 'this test',
  version: 1,
  subject: 'deployment',
  columns: ['finishedAt', 'incidentCount', 'incidentLink', 'restoredAt'],
  windowColumn: 'finishedAt',
  alsoShown: ['incident'],
  better: 'lower',
  compute({ columns, shown, unlinkedIncidents }) {
    beside = { shown: shown.incident, unlinked: unlinkedIncidents };
    found = Object.fromEntries(
      columns.finishedAt.map((finishedAt, row) => {
        const restoredAt = columns.restoredAt[row] ?? null;
        return [
          String(((finishedAt ?? 0) - at) / hourMs),
          [
            columns.incidentCount[row] ?? -1,
            columns.incidentLink[row] ?? null,
            restoredAt === null ? null : (restoredAt - at) / hourMs,
          ],
        ];
      }),
    );
    return { ...none, evidence: [] };
  },
});
const incidents = defineMetric({
  id: 'incidents',
  title: 'Incidents',
  unit: 'count',
  definition: 'How each incident is linked, by the hour of its beginning.',
  source: 'this test',
  version: 1,
  subject: 'incident',
  columns: ['createdAt', 'linkMethod', 'isExternal'],
  windowColumn: 'createdAt',
  better: 'lower',
  compute({ columns }) {
    links = Object.fromEntries(
      columns.createdAt.map((createdAt, row) => [
        (createdAt - at) / hourMs,
        columns.linkMethod[row] ?? null,
      ]),
    );
    return { ...none, evidence: columns.createdAt.map((_, row) => row) };
  },
});

const deployed = (hour: number, fields: Parameters<typeof buildDeployment>[0] = {}) =>
  buildDeployment({
    source,
    externalId: `d${hour}`,
    serviceKey: 'shop',
    finishedAt: hours(hour),
    ...fields,
  });
const broken = (hour: number, fields: Partial<Incident> = {}): Incident =>
  buildIncident({
    source,
    externalId: `i${hour}`,
    serviceKey: 'shop',
    createdAt: hours(hour),
    resolvedAt: hours(hour + 1),
    ...fields,
  });
const stated = (
  incident: number,
  deployment: number,
  method: 'explicit' | 'time' = 'explicit',
): IncidentDeployment => ({
  source,
  incidentExternalId: `i${incident}`,
  deploymentSource: source,
  deploymentExternalId: `d${deployment}`,
  method,
  confidence: 1,
});

interface Extra {
  prepare?: (path: string) => Promise<void>;
  window?: { from: number; to: number };
}

/** Reads a store of these rows, and what each deployment and incident was then said to be. */
async function read(rows: DomainRows, { prepare, window }: Extra = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-incidents-'));
  const path = join(folder, 'store.db');
  const adjutant = await createAdjutant({
    store: path,
    clock,
    connectors: [createRowsConnector({ id: source, records: () => ({ all: { ...rows } }) })],
    metrics: {
      pullRequestFacts: {
        version: 1,
        compute: () => {
          throw new Error('This source shows no pull request.');
        },
      },
      metrics: [failures, incidents],
    },
  });
  onTestFinished(async () => {
    await adjutant.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await adjutant.sync();
  await prepare?.(path);
  const handle = adjutant.workspace().as(await adjutant.owner());
  const query = { window: window ?? { from: hours(-100), to: clock.now() } };
  await handle.metric({ metricId: 'failures', ...query });
  await handle.metric({ metricId: 'incidents', ...query });
  return { adjutant, handle };
}

test('what a source states stands, however long after, and before what time would say', async () => {
  await read({
    deployments: [deployed(0), deployed(10)],
    incidents: [broken(11), broken(200)],
    incidentDeployments: [stated(11, 0), stated(200, 0), stated(11, 10, 'time')],
  });
  expect(found).toEqual({ 0: [2, 'explicit', 201], 10: [0, null, null] });
  expect(links).toEqual({ 11: 'explicit', 200: 'explicit' });
});

test('a statement about a deployment that is not known leaves the incident unlinked', async () => {
  await read({
    deployments: [deployed(0)],
    incidents: [broken(1)],
    incidentDeployments: [stated(1, 99)],
  });
  expect(found).toEqual({ 0: [0, null, null] });
  expect(beside).toEqual({ shown: true, unlinked: 1 });
});

test('else the latest deployment of the service at most 72 hours before is held to have caused it', async () => {
  await read({
    deployments: [deployed(0), deployed(10)],
    incidents: [broken(9), broken(10), broken(82), broken(83), broken(-1)],
  });
  expect(found).toEqual({ 0: [1, 'time', 10], 10: [2, 'time', 83] });
  expect(links).toEqual({ '-1': null, 9: 'time', 10: 'time', 82: 'time', 83: null });
  expect(beside).toEqual({ shown: true, unlinked: 2 });
});

test('one link by time flags the deployment, and one open incident leaves it unrestored', async () => {
  await read({
    deployments: [deployed(0)],
    incidents: [broken(1), broken(2, { resolvedAt: null })],
    incidentDeployments: [stated(1, 0)],
  });
  expect(found).toEqual({ 0: [2, 'time', null] });
});

test('another service, a failed run, another environment and an external incident link nothing', async () => {
  await read({
    deployments: [
      deployed(0),
      deployed(1, { result: 'failure' }),
      deployed(2, { environment: 'staging' }),
      deployed(3, { serviceKey: 'search' }),
      deployed(4, { serviceKey: null }),
    ],
    incidents: [
      broken(5),
      broken(6, { isExternal: true }),
      broken(7, { isExternal: true }),
      broken(8, { serviceKey: 'mail' }),
      broken(9, { serviceKey: null }),
    ],
    incidentDeployments: [stated(6, 3)],
  });
  const nothing = [0, null, null];
  expect(found).toEqual({ 0: [1, 'time', 6], 1: nothing, 2: nothing, 3: nothing, 4: nothing });
  expect(beside).toEqual({ shown: true, unlinked: 2 });
});

test('an incident after the window still counts against a deployment inside it, one before does not', async () => {
  const rows = { deployments: [deployed(0), deployed(10)], incidents: [broken(5), broken(40)] };
  await read(rows, { window: { from: hours(8), to: hours(12) } });
  expect(found).toEqual({ 10: [1, 'time', 41] });
  expect(links).toEqual({});
  expect(beside).toEqual({ shown: true, unlinked: 0 });
});

test('a service that is built from a repository is deployed with it, unless another is named', async () => {
  const prepare = async (path: string): Promise<void> => {
    const store = await openStore(path);
    const workspaceId = 'default';
    await store.transaction(async (transaction) => {
      await transaction.insert(tables.services).values([
        { id: 's1', workspaceId, key: 'shop', name: 'Shop' },
        { id: 's2', workspaceId, key: 'search', name: 'Search' },
      ]);
      await transaction.insert(tables.serviceRepositories).values({
        workspaceId,
        serviceId: 's1',
        source,
        repositoryExternalId: 'acme/widgets',
      });
    });
    await store.close();
  };
  const rows = {
    deployments: [
      deployed(0),
      deployed(1, { serviceKey: null }),
      deployed(2, { serviceKey: 'search' }),
      deployed(3, { serviceKey: null, repositoryExternalId: 'acme/other' }),
      deployed(20),
    ],
    incidents: [broken(4), broken(21)],
  };
  await read(rows, { prepare });
  const nothing = [0, null, null];
  expect(found).toEqual({
    0: nothing,
    1: [1, 'time', 5],
    2: nothing,
    3: nothing,
    20: [1, 'time', 22],
  });
});

test('incidents are shown by a row of any service or by a stream read to its end, not else', async () => {
  await read({ deployments: [deployed(0)] });
  expect(beside).toEqual({ shown: false, unlinked: null });
  await read({ deployments: [deployed(0)], incidents: [broken(500, { isExternal: true })] });
  expect(beside).toEqual({ shown: true, unlinked: 0 });
  const prepare = async (path: string): Promise<void> => {
    const store = await openStore(path);
    await store.transaction(async (transaction) => {
      await transaction.update(tables.syncCursors).set({ stream: 'incidents' });
    });
    await store.close();
  };
  await read({ deployments: [deployed(0)] }, { prepare });
  expect(beside).toEqual({ shown: true, unlinked: 0 });
});

test('of any rows, each incident is held to what a plain search finds', async () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const keys = ['shop', 'search', null];
  const deployments = Array.from({ length: 80 }, (_, index) =>
    deployed(index * 4 + random(4), {
      serviceKey: keys[random(3)] ?? null,
      result: random(5) === 0 ? 'failure' : 'success',
      environment: random(5) === 0 ? 'staging' : 'production',
    }),
  );
  const all = Array.from({ length: 60 }, (_, index) =>
    broken(index * 6 + random(6), {
      serviceKey: keys[random(3)] ?? null,
      isExternal: random(6) === 0,
    }),
  );
  await read({ deployments, incidents: all });
  const expected = new Map<number, number>();
  for (const { serviceKey, createdAt, isExternal } of all) {
    const cause = deployments.findLast(
      (one) =>
        !isExternal &&
        serviceKey !== null &&
        one.serviceKey === serviceKey &&
        one.result === 'success' &&
        one.environment === 'production' &&
        Number(one.finishedAt) <= createdAt &&
        Number(one.finishedAt) >= createdAt - 72 * hourMs,
    );
    const hour = cause === undefined ? null : (Number(cause.finishedAt) - at) / hourMs;
    if (hour !== null) expected.set(hour, (expected.get(hour) ?? 0) + 1);
  }
  const counted = Object.entries(found).filter(([, [count]]) => count > 0);
  expect(counted.length).toBeGreaterThan(10);
  expect(new Map(counted.map(([hour, [count]]) => [Number(hour), count]))).toEqual(expected);
});

test('late data corrects the past', async () => {
  const rows: DomainRows = { deployments: [deployed(0)], incidents: [broken(5)] };
  const { adjutant, handle } = await read(rows);
  expect(found).toEqual({ 0: [1, 'time', 6] });
  rows.deployments = [deployed(0), deployed(4)];
  await adjutant.sync();
  await handle.metric({ metricId: 'failures' });
  expect(found).toEqual({ 0: [0, null, null], 4: [1, 'time', 6] });
});

test('a metric answers to its other names, and explains the incidents behind it', async () => {
  const { handle } = await read({ deployments: [deployed(0)], incidents: [broken(5)] });
  const answer = await handle.metric({ metricId: 'broken' });
  expect(answer.metricId).toBe('failures');
  const { items } = await handle.explainMetric({ metricId: 'incidents' });
  expect(items).toMatchObject([{ key: 'i5', title: 'Widgets are down' }]);
  await expect(handle.metric({ metricId: 'unheard' })).rejects.toThrow('no metric of that id');
});
