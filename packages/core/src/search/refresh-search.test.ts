import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { everybodysAccess } from '../testing/search-index-conformance.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFts5Index } from './fts5-index.ts';
import { readIndexLag } from './index-lag.ts';
import { forgetSearchForm, refreshSearch, type SearchDeps } from './refresh-search.ts';
import type { SearchFeed } from './search-feed.ts';
import { markForSearch } from './search-marks.ts';

let store: Store;
let clock: FakeClock;
let texts: Map<string, string>;
beforeEach(async () => {
  clock = createFakeClock();
  store = await openStore(':memory:', { clock });
  texts = new Map();
});
afterEach(() => store.close());

const feed: SearchFeed = {
  kind: 'report',
  version: 1,
  async read(_database, _workspaceId, keys) {
    return keys.flatMap(({ source, externalId }) => {
      const text = texts.get(externalId);
      if (text === undefined) return [];
      const parts = [{ heading: '', text, lines: null }];
      return { ...about, source, externalId, title: externalId, parts };
    });
  },
  async list(_database, _workspaceId, after, limit) {
    const keys = [...texts.keys()].toSorted().filter((key) => key > (after?.externalId ?? ''));
    return keys.slice(0, limit).map((externalId) => ({ source: '', externalId }));
  },
};
const about = {
  kind: 'report',
  path: '',
  place: null,
  visibility: 'workspace',
  ownerPersonId: null,
  teamId: null,
  updatedAt: null,
} as const;

const deps = (fields: Partial<SearchDeps> = {}): SearchDeps => ({
  store,
  workspaceId: 'one',
  clock,
  index: createFts5Index(store),
  feeds: [feed],
  ...fields,
});
const find = async (text: string): Promise<string[]> => {
  const { hits } = await deps().index.search('one', { text, access: everybodysAccess });
  return hits.map(({ externalId }) => externalId);
};
const submit = async (externalId: string, text: string | null): Promise<void> => {
  if (text === null) texts.delete(externalId);
  else texts.set(externalId, text);
  await store.transaction((transaction) =>
    markForSearch(transaction, 'one', 'report', [{ source: '', externalId }], clock.now()),
  );
};

test('what was written is found after the next pass, and what is gone is not', async () => {
  await submit('a', 'zebras crossed');
  expect(await find('zebra')).toEqual([]);
  expect(await refreshSearch(deps())).toBe(1);
  expect(await find('zebra')).toEqual(['a']);
  await submit('a', null);
  await refreshSearch(deps());
  expect(await find('zebra')).toEqual([]);
});

test('what is marked and did not change is not written again', async () => {
  await submit('a', 'zebras crossed');
  await refreshSearch(deps());
  await submit('a', 'zebras crossed');
  expect(await refreshSearch(deps())).toBe(0);
});

test('what is written while it is being indexed waits for the next round, and is not lost', async () => {
  await submit('a', 'zebras crossed');
  const { index } = deps();
  let isFirst = true;
  const slow = {
    ...index,
    async put(...put: Parameters<typeof index.put>) {
      const result = await index.put(...put);
      if (isFirst) await submit('a', 'llamas crossed');
      isFirst = false;
      return result;
    },
  };
  await refreshSearch(deps({ index: slow }));
  expect(await find('llamas')).toEqual(['a']);
  expect(await find('zebra')).toEqual([]);
});

test('another form of the texts, or a forgotten one, makes everything be indexed anew', async () => {
  texts.set('a', 'zebras crossed');
  await refreshSearch(deps());
  expect(await find('zebra')).toEqual(['a']);
  texts.set('a', 'llamas crossed');
  expect(await refreshSearch(deps())).toBe(0);
  expect(await refreshSearch(deps({ feeds: [{ ...feed, version: 2 }] }))).toBe(1);
  texts.set('a', 'okapis crossed');
  await forgetSearchForm(store, 'one');
  await refreshSearch(deps());
  expect(await find('okapis')).toEqual(['a']);
});

test('an index that fails leaves everything waiting', async () => {
  await submit('a', 'zebras crossed');
  const index = { ...deps().index, put: () => Promise.reject(new Error('down')) };
  await expect(refreshSearch(deps({ index }))).rejects.toThrow('down');
  expect((await readIndexLag(store, 'one', clock.now())).waiting).toBe(1);
  await refreshSearch(deps());
  expect(await find('zebra')).toEqual(['a']);
});

test('the lag of 500 submissions that are indexed every minute is below two minutes', async () => {
  for (let at = 0; at < 500; at += 1) {
    await submit(`report-${at}`, `zebra ${at}`);
    clock.advance(10_000);
    if (at % 6 === 5) await refreshSearch(deps());
  }
  await refreshSearch(deps());
  const lag = await readIndexLag(store, 'one', clock.now());
  expect(lag).toMatchObject({ sampleSize: 500, waiting: 0, oldestWaitingSince: null });
  expect(lag.p95Ms).toBe(60_000);
});

test('what waits for a worker that does not come shows in the lag', async () => {
  const startedAt = clock.now();
  await submit('a', 'zebra');
  clock.advance(300_000);
  const lag = await readIndexLag(store, 'one', clock.now());
  expect(lag).toEqual({ p95Ms: 300_000, sampleSize: 1, waiting: 1, oldestWaitingSince: startedAt });
});

test('without anything written in the last day the lag is unknown, and what is older goes', async () => {
  expect((await readIndexLag(store, 'one', clock.now())).p95Ms).toBeNull();
  await submit('a', 'zebra');
  await refreshSearch(deps());
  clock.advance(2 * 86_400_000);
  expect((await readIndexLag(store, 'one', clock.now())).p95Ms).toBeNull();
  await submit('b', 'zebra');
  await refreshSearch(deps());
  const marks = await store.read.select().from(tables.searchMarks);
  expect(marks.map(({ externalId }) => externalId)).toEqual(['b']);
  expect(await find('zebra')).toHaveLength(2);
});

test('of a past instant the lag is what it was then, also once all has been indexed', async () => {
  const minuteMs = 60_000;
  await submit('a', 'zebras crossed');
  const submittedAt = clock.now();
  clock.advance(10 * minuteMs);
  await submit('b', 'later');
  await refreshSearch(deps());
  const lagAt = (minutes: number) => readIndexLag(store, 'one', submittedAt + minutes * minuteMs);
  expect(await lagAt(4)).toEqual({
    p95Ms: 4 * minuteMs,
    sampleSize: 1,
    waiting: 1,
    oldestWaitingSince: submittedAt,
  });
  expect(await lagAt(11)).toMatchObject({ p95Ms: 10 * minuteMs, sampleSize: 2, waiting: 0 });
});
