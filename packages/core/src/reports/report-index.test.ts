import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../domain.ts';
import type { SearchIndex } from '../search/search-index.ts';
import { buildPullRequest } from '../testing/row-builders.ts';
import { createReportWorld, type ReportWorld, today } from './testing/report-world.ts';

const minute = 60_000;
let world: ReportWorld;
afterEach(async () => {
  await world.adjutant.close();
});

/** An index that finds nothing and stands still until told otherwise. */
function createStubbornIndex(): SearchIndex & { stands: boolean; kept: Set<string> } {
  const kept = new Set<string>();
  return {
    stands: true,
    kept,
    async put(_workspaceId, subjects) {
      if (this.stands) throw new Error('The index is away.');
      for (const { externalId } of subjects) kept.add(externalId);
      return { written: subjects.length };
    },
    async remove(_workspaceId, keys) {
      if (this.stands) throw new Error('The index is away.');
      for (const { externalId } of keys) kept.delete(externalId);
      return { removed: keys.length };
    },
    search: async () => ({ hits: [], hasMore: false, terms: [] }),
    clear: async () => undefined,
  };
}

describe('finding reports', () => {
  it('finds one by what it says as soon as it is submitted', async () => {
    world = await createReportWorld(['Ada', 'Grace'], {
      pullRequests: [buildPullRequest({ title: 'Repair the flaky deploy' })],
    });
    const { reports } = world.as('Ada');
    const { id } = await reports.submit({ did: 'Chased the flaky deploy', visibility: 'team' });
    for (const name of ['Ada', 'Grace']) {
      const found = await world.as(name).reports.search({ text: 'flaky deploy' });
      expect(found.items.map((item) => item.id)).toEqual([id]);
    }
    await reports.submit({ did: 'Chased something else' });
    expect((await reports.search({ text: 'flaky' })).items).toEqual([]);
    expect((await reports.search({ text: 'something' })).items).toHaveLength(1);
  });

  it.each(['member', 'lead', 'admin'] as const)(
    'lets no %s find what somebody else keeps private or has taken back',
    async (role) => {
      world = await createReportWorld(['Ada', 'Grace']);
      const { reports } = world.as('Ada');
      const { id } = await reports.submit({ did: 'Thought about leaving' });
      const seen = () => world.as('Grace', role).reports.search({ text: 'leaving' });
      expect((await seen()).items).toEqual([]);
      expect((await reports.search({ text: 'leaving' })).items).toHaveLength(1);
      await reports.share(id);
      expect((await seen()).items).toHaveLength(1);
      await reports.share(id, 'private');
      expect((await seen()).items).toEqual([]);
    },
  );

  it('finds nothing of what was deleted', async () => {
    world = await createReportWorld(['Ada']);
    const { reports } = world.as('Ada');
    const { id } = await reports.submit({ did: 'Xylophone' });
    await reports.delete(id);
    expect((await reports.search({ text: 'xylophone' })).items).toEqual([]);
    await world.adjutant.sync();
    expect((await reports.search({ text: 'xylophone' })).items).toEqual([]);
  });
});

describe('the lag of the index', () => {
  it('stays under two minutes for 500 reports', async () => {
    const names = Array.from({ length: 25 }, (_, place) => `Person${place}`);
    world = await createReportWorld(names);
    const random = seededRandom(7);
    for (let round = 0; round < 20; round += 1) {
      for (const name of names) {
        const day = `2026-08-${String(round + 1).padStart(2, '0')}`;
        await world.as(name).reports.submit({ day, did: `Work of round ${round}` });
        world.clock.advance(Math.floor(random() * 2_000));
      }
    }
    const lag = await world.as('Person0').reports.indexLag();
    expect(lag).toMatchObject({ sampleSize: 500, waiting: 0 });
    expect(lag.p95Ms).toBeLessThanOrEqual(2 * minute);
  });

  it('tells of an index that stands still, which loses no report and catches up with the worker', async () => {
    const index = createStubbornIndex();
    world = await createReportWorld(['Ada'], {}, { searchIndex: index });
    const { id, day } = await world.as('Ada').reports.submit({ did: 'Kept all the same' });
    expect(day).toBe(today);
    world.clock.advance(10 * minute);
    const { reports } = world.as('Ada');
    expect(await reports.indexLag()).toMatchObject({
      p95Ms: 10 * minute,
      waiting: 1,
      sampleSize: 1,
    });
    index.stands = false;
    const ended = new AbortController();
    const working = world.adjutant.workActions({ signal: ended.signal });
    while (!index.kept.has(id)) await new Promise((resolve) => setImmediate(resolve));
    ended.abort();
    await working;
    expect((await reports.indexLag()).waiting).toBe(0);
    await reports.delete(id);
    expect(index.kept.size).toBe(0);
  });
});
