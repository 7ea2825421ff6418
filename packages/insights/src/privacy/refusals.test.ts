import { AdjutantError, createAdjutant, type WorkspaceHandle } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import { createFakeClock, createPeopleWorld } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBrief } from '../briefs/build-brief.ts';
import { buildReportDigest } from '../reports/report-digest.ts';
import { shippedRules } from '../signals/shipped-rules.ts';

// Whatever is not told for the sake of people stands in the ledger, whichever way it was asked: four
// people are too few for every figure on people.

const world = createPeopleWorld(4);
const [first = 0, second = 0, third = 0] = world.periods;
const window = { from: first, to: third };
const label = { labels: ['bug'] };
let close: () => Promise<void>;
let asMember: WorkspaceHandle;
let asSystem: WorkspaceHandle;
let owner: WorkspaceHandle;
let member: Viewer & { kind: 'person' };
let other = '';
let reportId = '';

beforeAll(async () => {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [world.connector],
    metrics: allMetrics,
    signals: shippedRules,
    // Reviews of four weeks are what a rule looks at.
    clock: createFakeClock(world.periods[4] ?? 0),
  });
  close = () => adjutant.close();
  owner = adjutant.workspace().as(await adjutant.owner());
  await adjutant.sync();
  const { items } = await owner.findPeople({ limit: 50 });
  const idOf = new Map(items.map(({ id, accounts }) => [accounts[0]?.login, id]));
  member = { kind: 'person', personId: idOf.get('person-1') ?? '', role: 'member' };
  asMember = adjutant.workspace().as(member);
  asSystem = adjutant.workspace().as({ kind: 'system' });
  other = idOf.get('person-2') ?? '';
  const author = adjutant.workspace().as({ kind: 'person', personId: other, role: 'member' });
  reportId = (await author.reports.submit({ did: 'Something.' })).id;
});
afterAll(() => close());

/** Each way to ask, who asks, and what the ledger says of it. */
const asked: Record<string, { ask: () => Promise<unknown>; of: string; by?: 'system' }> = {
  metric: {
    ask: () => asMember.metric({ metricId: 'throughput', window, filter: label }),
    of: 'figures_on_people too_few_people',
  },
  'metric of somebody else': {
    ask: () => asMember.metric({ metricId: 'throughput', window, filter: { people: [other] } }),
    of: 'own_view too_alike',
  },
  explain: {
    ask: () => asMember.explainMetric({ metricId: 'throughput', window, filter: label }),
    of: 'figures_on_people too_few_people',
  },
  compare: {
    ask: () =>
      asMember.compareMetric({
        metricId: 'throughput',
        before: { from: first, to: second },
        after: { from: second, to: third },
        filter: label,
      }),
    of: 'figures_on_people too_few_people',
  },
  overview: {
    ask: () => asMember.overview({ window, filter: label }),
    of: 'figures_on_people too_few_people',
  },
  load: { ask: () => asMember.load.team(), of: 'figures_on_people too_few_people' },
  'load of nobody': { ask: () => asSystem.load.mine(), of: 'own_load role', by: 'system' },
  subjects: {
    ask: () => asMember.signals.subjects('team'),
    of: 'figures_on_people too_few_people',
  },
  'rules, by the system': {
    ask: () => asSystem.signals.evaluate({ everything: true }),
    of: 'figures_on_people too_few_people',
    by: 'system',
  },
  'rules, by a person': {
    ask: () => asMember.signals.evaluate({ everything: true }),
    of: 'figures_on_people too_few_people',
  },
  replay: {
    ask: () =>
      asMember.signals.replay({
        rule: 'review-load-out-of-balance',
        since: (world.periods[4] ?? 0) - 3 * 86_400_000,
      }),
    of: 'figures_on_people too_few_people',
  },
  'a private report': { ask: () => asMember.reports.get(reportId), of: 'private_reports role' },
  'private reports of somebody': {
    ask: () => asMember.reports.list({ of: { personId: other }, visibility: 'private' }),
    of: 'private_reports role',
  },
  'changing a report of somebody': {
    ask: () => asMember.reports.edit(reportId, { did: 'Else.' }),
    of: 'report_sharing role',
  },
  digest: {
    ask: () => buildReportDigest(asSystem, { fromDay: '2026-08-01', toDay: '2026-08-03' }),
    of: 'reports role',
    by: 'system',
  },
  'wishes of somebody': {
    ask: () => asMember.contactPreferences.get(other),
    of: 'contact_wishes role',
  },
  'joining two people': {
    ask: () => asMember.mergePeople(other, member.personId),
    of: 'identity role',
  },
};

async function times(of: string, actor: string): Promise<number> {
  const { items } = await owner.privacy.refusals({ limit: 200 });
  return items
    .filter((item) => `${item.class} ${item.reason}` === of && item.actor === actor)
    .reduce((sum, item) => sum + item.times, 0);
}

test.each(Object.entries(asked))('%s: what is refused stands in the ledger', async (_, one) => {
  const actor = one.by ?? `person:${member.personId}`;
  const before = await times(one.of, actor);
  await one.ask().catch((error: unknown) => {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
  });
  // A comparison is two figures, and an overview several.
  expect(await times(one.of, actor)).toBeGreaterThan(before);
});

test('a brief says what its rules could not tell, and has asked nothing itself', async () => {
  const actor = `person:${member.personId}`;
  const of = 'figures_on_people too_few_people';
  const before = await times(of, actor);
  const { missing } = await buildBrief(asMember, { kind: 'today' });
  expect(missing.join('\n')).toContain('fewer than five people gave reviews');
  expect(await times(of, actor)).toBe(before);
});
