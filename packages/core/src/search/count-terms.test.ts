import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { conditionsOf, countTerms } from './count-terms.ts';
import { createFts5Index } from './fts5-index.ts';
import type { SearchSubject } from './search-index.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:');
});
afterEach(() => store.close());

const access = { personId: 'ada', teamIds: [], seesEveryTeam: false };

function subject(externalId: string, text: string): SearchSubject {
  return {
    ...{ kind: 'document', source: 'git', externalId, title: '', path: externalId, place: null },
    ...{ visibility: 'workspace', ownerPersonId: null, teamId: null, updatedAt: null },
    parts: [{ heading: '', text, lines: null }],
  };
}

test('a term is counted in the parts that may be found, of this workspace and of these kinds', async () => {
  const index = createFts5Index(store);
  const report = { ...subject('r', 'zebra llama'), kind: 'report', source: '' } as const;
  await index.put('one', [
    subject('a', 'zebra'),
    subject('b', 'zebra okapi'),
    { ...report, visibility: 'private', ownerPersonId: 'grace' },
    { ...report, externalId: 'own', visibility: 'private', ownerPersonId: 'ada' },
  ]);
  await index.put('two', [subject('a', 'zebra gnu')]);
  const terms = ['zebra', 'llama', 'okapi', 'gnu'];
  const count = async (kinds?: readonly ['document']) =>
    Object.fromEntries(await countTerms(store.read, terms, conditionsOf('one', { access, kinds })));
  expect(await count(['document'])).toEqual({ zebra: 2, llama: 0, okapi: 1, gnu: 0 });
  expect(await count()).toEqual({ zebra: 3, llama: 1, okapi: 1, gnu: 0 });
});

test('counting ends at what is counted at most', async () => {
  await createFts5Index(store).put('one', [subject('a', 'zebra'), subject('b', 'zebra')]);
  const conditions = conditionsOf('one', { access });
  expect(await countTerms(store.read, ['zebra'], conditions, 1)).toEqual(new Map([['zebra', 1]]));
});
