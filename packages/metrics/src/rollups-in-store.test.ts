import {
  type Adjutant,
  createAdjutant,
  type RollupAnswer,
  type RollupScope,
  type WorkspaceHandle,
} from '@adjutant/core';
import { isOfPeople, type MetricValue } from '@adjutant/core/domain';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createChangingWorld } from './__fixtures__/changing-world.ts';
import { utc } from './__fixtures__/compute.ts';
import { allMetrics } from './index.ts';
import { dayMs } from './week-buckets.ts';

// Weekly values against the figure itself, asked for the same week and scope, and kept up through
// changes of every kind against a rebuild, which must find nothing to change.
const start = utc('2026-09-07');
const weekly = allMetrics.metrics.filter(
  (metric) => metric.windowColumn !== null && !isOfPeople(metric),
);

async function open(seed: number, timeZone: string, rollups = true) {
  const clock = createFakeClock(start + 40 * dayMs);
  const world = createChangingWorld(start, seed);
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [
      createRowsConnector({
        id: 'forge',
        claimsCommits: true,
        scope: { externalId: 'one', name: 'one', detail: {} },
        records: world.records,
        tombstones: world.tombstones,
      }),
    ],
    metrics: allMetrics,
    teams: [{ key: 'shop', name: 'Shop', repositories: ['acme/two'] }],
    flow: { activeStatuses: ['Doing'] },
    timeZone,
    rollups,
    clock,
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  return { adjutant, handle, world, clock };
}

async function scopesOf(handle: WorkspaceHandle): Promise<RollupScope[]> {
  const teams = await handle.teams();
  return [
    { kind: 'workspace', key: '' },
    ...teams.map(({ id }) => ({ kind: 'team' as const, key: id })),
    ...['shop', 'search'].map((key) => ({ kind: 'service' as const, key })),
    ...['one', 'two', 'three'].map((key) => ({ kind: 'repository' as const, key })),
  ];
}

/** Everything that is stored, as the SDK tells it. */
async function dump(handle: WorkspaceHandle): Promise<RollupAnswer[]> {
  const answers: RollupAnswer[] = [];
  for (const scope of await scopesOf(handle)) {
    for (const { id } of weekly) {
      answers.push(await handle.rollups.read({ metricId: id, scope, from: start - 7 * dayMs }));
    }
  }
  return answers;
}

function ask(
  handle: WorkspaceHandle,
  { kind, key }: RollupScope,
  metricId: string,
  window: { from: number; to: number },
): Promise<MetricValue> {
  if (kind === 'team') return handle.forTeam(key).metric({ metricId, window });
  if (kind === 'repository') return handle.metric({ metricId, window, repository: key });
  if (kind === 'service') return handle.metric({ metricId, window, filter: { service: key } });
  return handle.metric({ metricId, window });
}

const figureOf = ({ value, sampleSize, p50, p75, p90 }: MetricValue | MetricValue['parts'][0]) => ({
  value,
  sampleSize,
  p50,
  p75,
  p90,
});

async function expectEqual(handle: WorkspaceHandle, scope: RollupScope, metricId: string) {
  const answer = await handle.rollups.read({ metricId, scope, from: start - 7 * dayMs });
  expect(answer.weeks.length).toBeGreaterThan(4);
  for (const week of answer.weeks) {
    const now = await ask(handle, scope, metricId, { from: week.start, to: week.end });
    const where = `${metricId} of ${scope.kind} ${scope.key} in ${new Date(week.start).toISOString()}`;
    expect({ where, ...figureOf(now) }).toEqual({ where, ...figureOf(week as never) });
    const told = now.parts.filter((part) => part.value !== null || part.sampleSize > 0);
    const kept = week.parts.filter((part) => part.value !== null || part.sampleSize > 0);
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    expect(kept.map((part) => [part.id, figureOf(part as never)])).toEqual(
      told.toSorted(byId).map((part) => [part.id, figureOf(part)]),
    );
    expect(answer.gaps).toEqual(now.gaps);
  }
}

async function pass({ adjutant }: { adjutant: Adjutant }) {
  const { streams, weeksComputed } = await adjutant.sync();
  expect(streams.map(({ error }) => error)).toEqual([null]);
  return weeksComputed;
}

test('weekly values are kept by nobody who did not ask, and once made they are kept up', async () => {
  const opened = await open(7, 'UTC', false);
  const { adjutant, world, clock } = opened;
  world.change(40, clock.now());
  expect(await pass(opened)).toBe(0);
  expect((await adjutant.rebuildRollups()).weeks).toBeGreaterThan(4);
  clock.advance(8 * dayMs);
  world.change(4, clock.now());
  expect(await pass(opened)).toBeGreaterThan(0);
});

test.each(['UTC', 'Europe/Berlin'])(
  'a weekly value in %s is the figure of that week',
  async (zone) => {
    const opened = await open(7, zone);
    const { world, clock, handle } = opened;
    world.change(160, clock.now());
    expect(await pass(opened)).toBeGreaterThan(4);
    const scopes = await scopesOf(handle);
    for (const { id, subject } of weekly) {
      for (const scope of scopes) {
        if (subject !== 'action' || scope.kind === 'workspace')
          await expectEqual(handle, scope, id);
      }
    }
  },
  120_000,
);

test.each([11, 102, 113])(
  'kept up through changes in any order, weekly values are what a rebuild makes (seed %i)',
  async (seed) => {
    const opened = await open(seed, 'Europe/Berlin');
    const { adjutant, world, clock, handle } = opened;
    for (let step = 0; step < 10; step += 1) {
      clock.advance(world.oneOf([1, 1, 3, 8]) * dayMs);
      world.change(step === 0 ? 80 : world.oneOf([0, 1, 2, 6]), clock.now());
      await pass(opened);
      const kept = await dump(handle);
      const rebuilt = await adjutant.rebuildRollups();
      expect({ step, changed: rebuilt.changed }).toEqual({ step, changed: 0 });
      expect(await dump(handle)).toEqual(kept);
    }
    const scopes = await scopesOf(handle);
    for (let sample = 0; sample < 30; sample += 1) {
      const { id, subject } = world.oneOf(weekly);
      const scope = world.oneOf(scopes);
      if (subject !== 'action') await expectEqual(handle, scope, id);
    }
  },
  120_000,
);
