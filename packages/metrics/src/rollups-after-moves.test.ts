import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import {
  buildDeployment,
  buildIncident,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { allMetrics } from './index.ts';
import { hourMs } from './week-buckets.ts';

const source = 'forge';
const at = utc('2026-09-08 09:00');
const repositories = ['one', 'two'].map((name) => ({
  source,
  externalId: name,
  name,
  fullName: `acme/${name}`,
  url: null,
  defaultBranch: null,
  mergeStyle: null,
}));
const rows = {
  repositories,
  deployments: [
    buildDeployment({ source, repositoryExternalId: 'two', serviceKey: 'api', finishedAt: at }),
  ],
  incidents: [
    buildIncident({
      source,
      serviceKey: 'api',
      createdAt: at + hourMs,
      acknowledgedAt: at + 2 * hourMs,
      resolvedAt: at + 3 * hourMs,
    }),
  ],
};

test('a repository that moves to another team takes the incidents of its services along', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const openAs = (owner: string) =>
    createAdjutant({
      store: join(folder, 'store.db'),
      connectors: [createRowsConnector({ id: source, records: () => ({ all: rows }) })],
      metrics: allMetrics,
      teams: ['shop', 'pay'].map((key) => ({
        key,
        name: key,
        repositories: key === owner ? ['acme/two'] : [],
      })),
      rollups: true,
      clock: createFakeClock(at + 20 * 24 * hourMs),
    });
  const before = await openAs('shop');
  await before.sync();
  await before.close();
  const after = await openAs('pay');
  onTestFinished(() => after.close());
  await after.sync();
  expect((await after.rebuildRollups()).changed).toBe(0);
  const handle = after.workspace().as(await after.owner());
  const pay = (await handle.teams()).find(({ key }) => key === 'pay')?.id ?? '';
  const { weeks } = await handle.rollups.read({
    metricId: 'time_to_restore',
    scope: { kind: 'team', key: pay },
    from: utc('2026-09-07'),
    to: utc('2026-09-14'),
  });
  expect(weeks.map(({ value }) => value)).toEqual([2]);
});
