import { afterAll, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { searchIndexConformance } from '../testing/search-index-conformance.ts';
import { createFts5Index } from './fts5-index.ts';

const stores: Store[] = [];
afterAll(async () => {
  for (const store of stores) await store.close();
});

const cases = searchIndexConformance({
  async create() {
    const store = await openStore(':memory:');
    stores.push(store);
    return createFts5Index(store);
  },
});

test.each(cases)('$name', ({ run }) => run());
